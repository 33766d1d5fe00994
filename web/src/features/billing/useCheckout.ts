import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { toAppError } from '../../app/errors.ts';
import { useSession } from '../../app/session.ts';
import { useNotice } from '../../composables/useNotice.ts';
import { CreateCheckoutDocument } from '../../gql/graphql.ts';

/** Asks for the page at the gateway where a bill is paid; the same one while it is open. */
export function useCheckout() {
  const { client } = useSession();
  const { t } = useI18n();
  const notice = useNotice();
  const isBusy = ref(false);

  /** Null when there is none: why was said. */
  async function addressFor(billId: string): Promise<string | null> {
    if (isBusy.value) return null;
    isBusy.value = true;
    try {
      const { data } = await client.mutate({ mutation: CreateCheckoutDocument, variables: { id: billId } });
      const { checkoutUrl = null, userErrors = [] } = data?.createCheckout ?? {};
      const [refusal] = userErrors;
      if (checkoutUrl === null) notice.refused(refusal?.message ?? t('payOnline.noPage'));
      return checkoutUrl;
    } catch (error) {
      notice.failed(toAppError(error));
      return null;
    } finally {
      isBusy.value = false;
    }
  }

  return { isBusy, addressFor };
}
