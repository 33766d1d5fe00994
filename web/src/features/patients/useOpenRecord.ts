import { useI18n } from 'vue-i18n';
import { toAppError } from '../../app/errors.ts';
import { useSession } from '../../app/session.ts';
import type { UserErrorLike } from '../../composables/form-errors.ts';
import { BreakGlassDocument } from '../../gql/graphql.ts';

export interface OpenedRecord {
  id: string | null;
  userErrors: readonly UserErrorLike[];
}

/** Opens a record for an hour. A number that nobody has is said at its field. */
export function useOpenRecord() {
  const { client } = useSession();
  const { t } = useI18n();

  return async (given: { recordNumber: string; reason: string }): Promise<OpenedRecord> => {
    try {
      const { data } = await client.mutate({ mutation: BreakGlassDocument, variables: given });
      const { patient = null, userErrors = [] } = data?.breakGlass ?? {};
      return { id: patient?.id ?? null, userErrors };
    } catch (error) {
      if (toAppError(error).code !== 'NOT_FOUND') throw error;
      const message = t('openRecord.unknown');
      return { id: null, userErrors: [{ code: 'INVALID_INPUT', message, field: ['recordNumber'] }] };
    }
  };
}
