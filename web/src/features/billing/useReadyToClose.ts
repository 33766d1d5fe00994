import { onScopeDispose } from 'vue';
import { useConnection } from '../../composables/useConnection.ts';
import { AppointmentsDocument } from '../../gql/graphql.ts';
import { staffUpdates } from '../appointments/update-channel.ts';
import { billUpdates } from './bill-channel.ts';

const settleMs = 300;

/**
 * What the doctor may close now. Whether a treatment is ready, the server alone knows: the list is read again when an
 * appointment, a bill or the queue has changed.
 */
export function useReadyToClose(doctorId: string) {
  const list = useConnection({
    document: AppointmentsDocument,
    variables: { first: 50, filter: { readyToClose: true, doctorId } },
    select: (data) => data.appointments,
    asksAgain: true,
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  function readAgain(): void {
    clearTimeout(timer);
    timer = setTimeout(list.refetch, settleMs);
  }
  staffUpdates.listen(readAgain);
  billUpdates.listen(readAgain);
  onScopeDispose(() => clearTimeout(timer));
  return { ...list, readAgain };
}
