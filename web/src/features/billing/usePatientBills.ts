import { useQuery } from '@vue/apollo-composable';
import { computed } from 'vue';
import { useViewer } from '../../app/session.ts';
import { useConnection } from '../../composables/useConnection.ts';
import { PatientBalanceDocument, PatientBillsDocument } from '../../gql/graphql.ts';
import { billUpdates } from './bill-channel.ts';
import { useAfterBillChanges } from './useLiveBills.ts';

/** A patient's bills, the latest first; one that is made reads the list again, what changes is patched in place. */
export function usePatientBills(patientId: () => string, first = 50) {
  const list = useConnection({
    document: PatientBillsDocument,
    variables: () => ({ id: patientId(), first }),
    select: (data) => data.patient?.bills,
    enabled: () => patientId() !== '',
    asksAgain: true,
  });
  billUpdates.listen((bill) => {
    if (bill.patient.id === patientId() && !list.nodes.value.some(({ id }) => id === bill.id)) list.refetch();
  });
  return {
    ...list,
    due: computed(() => list.nodes.value.filter(({ status }) => status === 'PENDING')),
    settled: computed(() => list.nodes.value.filter(({ status }) => status !== 'PENDING')),
  };
}

/** Everything that is still owed, as the server adds it up. */
export function usePatientBalance(patientId: () => string) {
  const query = useQuery(
    PatientBalanceDocument,
    () => ({ id: patientId() }),
    () => ({ enabled: patientId() !== '', fetchPolicy: 'cache-and-network' as const }),
  );
  useAfterBillChanges(() => void query.refetch()?.catch(() => undefined));
  return computed(() => query.result.value?.patient?.balance ?? null);
}

/** The signed-in patient's own. */
export function useOwnBills(first?: number) {
  const viewer = useViewer();
  const id = () => viewer.value.patient?.id ?? '';
  return { ...usePatientBills(id, first), balance: usePatientBalance(id) };
}
