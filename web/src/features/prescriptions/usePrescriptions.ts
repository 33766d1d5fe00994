import { useI18n } from 'vue-i18n';
import { toAppError } from '../../app/errors.ts';
import { openDocument } from '../../app/open-document.ts';
import { useSession } from '../../app/session.ts';
import type { UserErrorLike } from '../../composables/form-errors.ts';
import { useNotice } from '../../composables/useNotice.ts';
import {
  CreatePrescriptionDocument,
  PrescriptionPaperDocument,
  VoidPrescriptionDocument,
  type CreatePrescriptionInput,
  type PrescriptionFieldsFragment,
} from '../../gql/graphql.ts';

export interface SigningAnswer {
  readonly prescription: PrescriptionFieldsFragment | null;
  readonly warnings: readonly string[];
  readonly userErrors: readonly UserErrorLike[];
}

export type PaperSize = 'a5' | 'a4';

/** What is done with prescriptions: signed, voided, printed. */
export function usePrescriptions() {
  const { client } = useSession();
  const { t } = useI18n();
  const notice = useNotice();

  async function print(id: string, size: PaperSize): Promise<void> {
    const address = async (): Promise<string | null> => {
      const { data } = await client.query({
        query: PrescriptionPaperDocument,
        variables: { id },
        fetchPolicy: 'no-cache',
      });
      return data.node && 'pdfUrl' in data.node ? `${data.node.pdfUrl}?size=${size}` : null;
    };
    try {
      if (!(await openDocument(address))) notice.refused(t('prescription.noWindow'));
    } catch (error) {
      notice.failed(toAppError(error));
    }
  }

  return {
    print,
    sign: async (input: CreatePrescriptionInput): Promise<SigningAnswer> =>
      (await client.mutate({ mutation: CreatePrescriptionDocument, variables: { input } })).data
        ?.createPrescription ?? { prescription: null, warnings: [], userErrors: [] },
    makeVoid: async (id: string, reason: string): Promise<readonly UserErrorLike[]> =>
      (await client.mutate({ mutation: VoidPrescriptionDocument, variables: { id, reason } })).data?.voidPrescription
        ?.userErrors ?? [],
  };
}
