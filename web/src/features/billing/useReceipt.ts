import { useI18n } from 'vue-i18n';
import { toAppError } from '../../app/errors.ts';
import { openDocument } from '../../app/open-document.ts';
import { useSession } from '../../app/session.ts';
import { useNotice } from '../../composables/useNotice.ts';
import { ReceiptDocument } from '../../gql/graphql.ts';

export type ReceiptSize = 'a4' | '80mm';

/** Opens a bill's receipt in a window of its own, as a sheet or for a receipt printer. */
export function useReceipt() {
  const { client } = useSession();
  const { t } = useI18n();
  const notice = useNotice();

  return async (id: string, size: ReceiptSize): Promise<void> => {
    const address = async (): Promise<string | null> => {
      const { data } = await client.query({ query: ReceiptDocument, variables: { id }, fetchPolicy: 'no-cache' });
      const url = data.bill?.receiptUrl ?? null;
      return url === null ? null : `${url}?size=${size}`;
    };
    try {
      if (!(await openDocument(address))) notice.refused(t('receipt.noWindow'));
    } catch (error) {
      notice.failed(toAppError(error));
    }
  };
}
