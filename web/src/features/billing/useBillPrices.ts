import { useQuery } from '@vue/apollo-composable';
import { computed } from 'vue';
import { BillingPricesDocument } from '../../gql/graphql.ts';

/** What can be charged and at which price, and the tax of what has none of its own. */
export function useBillPrices() {
  const query = useQuery(BillingPricesDocument);
  return {
    services: computed(() => query.result.value?.services.filter(({ archived }) => !archived) ?? []),
    clinicTax: computed(() => query.result.value?.viewer?.clinic.settings?.taxPercent ?? '0'),
    isLoading: computed(() => query.loading.value && !query.result.value),
  };
}
