import { useSession } from '../../app/session.ts';
import type { UserErrorLike } from '../../composables/form-errors.ts';
import {
  AllServicesDocument,
  CreateServiceDocument,
  ServicesDocument,
  type CreateServiceInput,
} from '../../gql/graphql.ts';

/** Adds a service to the clinic's list. */
export function useCreateService() {
  const { client } = useSession();

  return async (input: CreateServiceInput): Promise<readonly UserErrorLike[]> => {
    const { data } = await client.mutate({
      mutation: CreateServiceDocument,
      variables: { input },
      update: (cache, { data: answer }) => {
        const service = answer?.createService?.service;
        if (!service) return;
        cache.updateQuery({ query: ServicesDocument }, (list) =>
          list ? { ...list, services: [...list.services, service] } : undefined,
        );
        cache.updateQuery({ query: AllServicesDocument }, (list) =>
          list ? { ...list, services: [...list.services, service] } : undefined,
        );
        // What each doctor offers may have grown by it; whoever shows that asks anew.
        cache.evict({ id: 'ROOT_QUERY', fieldName: 'doctors' });
      },
    });
    return data?.createService?.userErrors ?? [];
  };
}
