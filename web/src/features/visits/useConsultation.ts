import { useSession } from '../../app/session.ts';
import type { UserErrorLike } from '../../composables/form-errors.ts';
import {
  AddAddendumDocument,
  CompleteConsultationDocument,
  RecordVitalsDocument,
  type CompleteConsultationInput,
  type OpenConsultationFragment,
  type RecordVitalsInput,
} from '../../gql/graphql.ts';

export interface ConsultationAnswer {
  readonly visit: OpenConsultationFragment | null;
  readonly userErrors: readonly UserErrorLike[];
}

const nothing: ConsultationAnswer = { visit: null, userErrors: [] };

/** What the treating doctor does besides writing: measures, completes, and adds to what is locked. */
export function useConsultation() {
  const { client } = useSession();
  return {
    complete: async (input: CompleteConsultationInput): Promise<ConsultationAnswer> =>
      (await client.mutate({ mutation: CompleteConsultationDocument, variables: { input } })).data
        ?.completeConsultation ?? nothing,
    /** What could not be kept; nurses record vital signs, too, and read nothing of the notes. */
    recordVitals: async (input: RecordVitalsInput): Promise<readonly UserErrorLike[]> =>
      (await client.mutate({ mutation: RecordVitalsDocument, variables: { input } })).data?.recordVitals?.userErrors ??
      [],
    addAddendum: async (id: string, text: string): Promise<ConsultationAnswer> =>
      (await client.mutate({ mutation: AddAddendumDocument, variables: { id, text } })).data?.addAddendum ?? nothing,
  };
}
