import { useQuery } from '@vue/apollo-composable';
import { computed, onScopeDispose, toValue, type MaybeRefOrGetter } from 'vue';
import { useI18n } from 'vue-i18n';
import { toAppError } from '../../app/errors.ts';
import { openDocument } from '../../app/open-document.ts';
import { useSession } from '../../app/session.ts';
import { useClinicClock } from '../../composables/useClinicClock.ts';
import { useConnection } from '../../composables/useConnection.ts';
import { useNotice } from '../../composables/useNotice.ts';
import {
  EarningsDocument,
  EarningsFilesDocument,
  EarningsPaymentsDocument,
  type PaymentMethod,
  type PaymentStatus,
} from '../../gql/graphql.ts';
import { billUpdates } from '../billing/bill-channel.ts';
import { rangeOf, type DayRange } from './ranges.ts';

export interface EarningsSearch {
  /** Null for the caller's own. */
  readonly doctorId: string | null;
  readonly range: DayRange;
  readonly state: PaymentStatus | null;
  readonly method: PaymentMethod | null;
}

/** Bills often change in twos, made and paid at once: one new look answers for both. */
const pauseMs = 300;
const pageSize = 50;

const variablesOf = ({ doctorId, range, state, method }: EarningsSearch) => ({
  doctorId,
  from: range.from,
  to: range.to,
  status: state === null ? null : [state],
  method: method === null ? null : [method],
});

/** A doctor's money over some days, and the payments behind it; both are asked for anew when one of the bills changes. */
export function useEarnings(search: MaybeRefOrGetter<EarningsSearch>, enabled: MaybeRefOrGetter<boolean>) {
  const { today } = useClinicClock();
  const query = useQuery(
    EarningsDocument,
    () => {
      const month = rangeOf('month', today.value);
      return { ...variablesOf(toValue(search)), monthFrom: month.from, monthTo: month.to };
    },
    () => ({
      enabled: toValue(enabled),
      fetchPolicy: 'cache-and-network' as const,
      keepPreviousResult: true,
    }),
  );
  const payments = useConnection({
    document: EarningsPaymentsDocument,
    variables: () => {
      const { doctorId, from, to, status, method } = variablesOf(toValue(search));
      return { first: pageSize, filter: { doctorId, from, to, status, method } };
    },
    select: (data) => data.payments,
    enabled,
    asksAgain: true,
  });

  function refetch(): void {
    void query.refetch()?.catch(() => undefined);
    payments.refetch();
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  billUpdates.listen(() => {
    clearTimeout(timer);
    timer = setTimeout(refetch, pauseMs);
  });
  onScopeDispose(() => clearTimeout(timer));

  const earnings = computed(() => query.result.value?.earnings ?? null);
  return {
    earnings,
    month: computed(() => query.result.value?.month?.doctorShare ?? null),
    isLoading: computed(() => query.loading.value && earnings.value === null),
    error: computed(() => (query.error.value && !query.loading.value ? toAppError(query.error.value) : null)),
    refetch,
    payments,
  };
}

/** Opens the same days as a table for spreadsheets, or as a statement to print. */
export function useEarningsFile() {
  const { client } = useSession();
  const { t } = useI18n();
  const notice = useNotice();

  return async (search: EarningsSearch, kind: 'csvUrl' | 'pdfUrl'): Promise<void> => {
    const address = async (): Promise<string | null> => {
      const { data } = await client.query({
        query: EarningsFilesDocument,
        variables: variablesOf(search),
        fetchPolicy: 'no-cache',
      });
      return data.earnings?.[kind] ?? null;
    };
    try {
      if (!(await openDocument(address))) notice.refused(t('earnings.noWindow'));
    } catch (error) {
      notice.failed(toAppError(error));
    }
  };
}
