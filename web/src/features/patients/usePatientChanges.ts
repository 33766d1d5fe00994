import type { ApolloCache } from '@apollo/client/core';
import { useSession } from '../../app/session.ts';
import type { UserErrorLike } from '../../composables/form-errors.ts';
import {
  ArchivePatientDocument,
  MergePatientsDocument,
  RestorePatientDocument,
  SetNotificationPreferencesDocument,
  UpdatePatientDocument,
  type NotificationPreferencesInput,
  type PatientFactsFragment,
  type UpdatePatientInput,
  type UpdatePatientMutation,
} from '../../gql/graphql.ts';
import { canReadClinical, canReadHistory } from './clinical-access.ts';

export type SavedPatient = NonNullable<NonNullable<UpdatePatientMutation['updatePatient']>['patient']>;

interface Answer<Result> {
  readonly patient: Result | null;
  readonly errors: readonly UserErrorLike[];
}

/** Where a record stands in each list, the server knows: lists on screen ask anew. */
const refreshLists = (cache: ApolloCache<unknown>): void => {
  cache.evict({ id: 'ROOT_QUERY', fieldName: 'patients' });
};

const answerOf = <Result>(
  payload: { readonly patient: Result | null; readonly userErrors: readonly UserErrorLike[] } | null | undefined,
): Answer<Result> => ({ patient: payload?.patient ?? null, errors: payload?.userErrors ?? [] });

/** The steps on a patient's record, each one call. */
export function usePatientChanges() {
  const session = useSession();
  const { client } = session;

  return {
    /** With CONFLICT the answer holds the record as it is now. */
    async update(input: UpdatePatientInput): Promise<Answer<SavedPatient>> {
      const { data } = await client.mutate({
        mutation: UpdatePatientDocument,
        variables: { input, clinical: canReadClinical(session.role), history: canReadHistory(session.role) },
      });
      return answerOf(data?.updatePatient);
    },
    async archive(id: string): Promise<Answer<PatientFactsFragment>> {
      const { data } = await client.mutate({
        mutation: ArchivePatientDocument,
        variables: { id },
        update: refreshLists,
      });
      return answerOf(data?.archivePatient);
    },
    async restore(id: string): Promise<Answer<PatientFactsFragment>> {
      const { data } = await client.mutate({
        mutation: RestorePatientDocument,
        variables: { id },
        update: refreshLists,
      });
      return answerOf(data?.restorePatient);
    },
    async merge(input: { keepId: string; mergeId: string }): Promise<Answer<PatientFactsFragment>> {
      const { data } = await client.mutate({
        mutation: MergePatientsDocument,
        variables: { input },
        update: (cache) => {
          refreshLists(cache);
          for (const id of [input.keepId, input.mergeId])
            cache.evict({ id: cache.identify({ __typename: 'Patient', id }), fieldName: 'appointments' });
          cache.evict({ id: 'ROOT_QUERY', fieldName: 'appointments' });
        },
      });
      return answerOf(data?.mergePatients);
    },
    async setConsents(input: NotificationPreferencesInput): Promise<readonly UserErrorLike[]> {
      const { data } = await client.mutate({ mutation: SetNotificationPreferencesDocument, variables: { input } });
      return answerOf(data?.setNotificationPreferences).errors;
    },
  };
}
