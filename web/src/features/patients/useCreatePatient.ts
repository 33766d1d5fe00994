import { useSession } from '../../app/session.ts';
import type { UserErrorLike } from '../../composables/form-errors.ts';
import { CreatePatientDocument, type CreatePatientInput, type PatientRowFragment } from '../../gql/graphql.ts';

export interface CreatePatientAnswer {
  readonly patient: PatientRowFragment | null;
  readonly duplicates: readonly PatientRowFragment[];
  readonly errors: readonly UserErrorLike[];
}

/** Makes a patient's record. Others who may be the same person come back beside it. */
export function useCreatePatient() {
  const { client } = useSession();

  return async (input: CreatePatientInput): Promise<CreatePatientAnswer> => {
    const { data } = await client.mutate({
      mutation: CreatePatientDocument,
      variables: { input },
      // Where the new name belongs in each list, the server knows: lists on screen ask anew.
      update: (cache, { data: answer }) => {
        if (answer?.createPatient?.patient) cache.evict({ id: 'ROOT_QUERY', fieldName: 'patients' });
      },
    });
    const payload = data?.createPatient;
    const errors = payload?.userErrors ?? [];
    return {
      patient: errors.length === 0 ? (payload?.patient ?? null) : null,
      duplicates: payload?.possibleDuplicates ?? [],
      errors,
    };
  };
}
