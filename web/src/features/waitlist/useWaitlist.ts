import { useQuery } from '@vue/apollo-composable';
import { computed, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { toAppError } from '../../app/errors.ts';
import { useSession } from '../../app/session.ts';
import type { UserErrorLike } from '../../composables/form-errors.ts';
import { useFormat } from '../../composables/useFormat.ts';
import { useNotice } from '../../composables/useNotice.ts';
import {
  AcceptOwnWaitlistOfferDocument,
  AcceptWaitlistOfferDocument,
  DeclineWaitlistOfferDocument,
  JoinWaitlistDocument,
  LeaveWaitlistDocument,
  WaitlistDocument,
  type JoinWaitlistInput,
  type WaitlistEntryFieldsFragment,
} from '../../gql/graphql.ts';
import { ownVisitUpdates, staffUpdates } from '../appointments/update-channel.ts';
import { onArrival } from '../notifications/message-arrivals.ts';

/** Who waits for a slot: a patient's own wishes, or everybody's for the front desk. An offer shows as soon as its message comes. */
export function useWaitlist() {
  const query = useQuery(WaitlistDocument);
  const refetch = (): void => void query.refetch()?.catch(() => undefined);
  onArrival((type) => {
    if (type === 'WAITLIST_OFFER') refetch();
  });
  staffUpdates.listen(refetch);
  const entries = computed(() =>
    (query.result.value?.waitlist ?? []).filter(({ status }) => status === 'WAITING' || status === 'OFFERED'),
  );
  return {
    entries,
    offered: computed(() => entries.value.filter(({ status }) => status === 'OFFERED')),
    waiting: computed(() => entries.value.filter(({ status }) => status === 'WAITING')),
    isLoading: computed(() => query.loading.value && !query.result.value),
    error: computed(() => (query.error.value && !query.result.value ? toAppError(query.error.value) : null)),
    refetch,
  };
}

/** Puts a wish on the list. */
export function useJoinWaitlist() {
  const { client } = useSession();
  return async (input: JoinWaitlistInput): Promise<readonly UserErrorLike[]> => {
    const { data } = await client.mutate({ mutation: JoinWaitlistDocument, variables: { input } });
    await client.refetchQueries({ include: 'active', onQueryUpdated: ({ queryName }) => queryName === 'Waitlist' });
    return data?.joinWaitlist?.userErrors ?? [];
  };
}

/** The three answers, each returning what the server said against it. */
function useWaitlistAnswers() {
  const { client } = useSession();
  type Answer = (id: string) => Promise<readonly UserErrorLike[]>;

  const takeOwn: Answer = async (id) => {
    const { data } = await client.mutate({ mutation: AcceptOwnWaitlistOfferDocument, variables: { id } });
    const { appointment = null, userErrors = [] } = data?.acceptWaitlistOffer ?? {};
    if (appointment) ownVisitUpdates.send({ appointment, type: null });
    return userErrors;
  };
  const takeForPatient: Answer = async (id) => {
    const { data } = await client.mutate({ mutation: AcceptWaitlistOfferDocument, variables: { id } });
    const { appointment = null, userErrors = [] } = data?.acceptWaitlistOffer ?? {};
    if (appointment) staffUpdates.send({ appointment, type: null });
    return userErrors;
  };
  const decline: Answer = async (id) => {
    const { data } = await client.mutate({ mutation: DeclineWaitlistOfferDocument, variables: { id } });
    return data?.declineWaitlistOffer?.userErrors ?? [];
  };
  const leave: Answer = async (id) => {
    const { data } = await client.mutate({ mutation: LeaveWaitlistDocument, variables: { id } });
    return data?.leaveWaitlist?.userErrors ?? [];
  };
  return { takeOwn, takeForPatient, decline, leave };
}

/** What can be done with a wish on the list: take the time on offer, let it go, or stop waiting. */
export function useWaitlistSteps(refetch: () => void) {
  const { t } = useI18n();
  const session = useSession();
  const notice = useNotice();
  const { dateTime } = useFormat();
  const { takeOwn, takeForPatient, decline, leave } = useWaitlistAnswers();
  const busyId = ref<string | null>(null);

  /** Does a step once; says what came of it, and looks again either way. */
  async function step(id: string, answer: Promise<readonly UserErrorLike[]>, done: string): Promise<void> {
    busyId.value = id;
    try {
      const [refusal] = await answer;
      if (refusal) notice.refused(refusal.message);
      else notice.done(done);
    } catch (error) {
      notice.failed(toAppError(error));
    } finally {
      busyId.value = null;
      refetch();
    }
  }

  return {
    busyId,
    accept: ({ id, offer }: WaitlistEntryFieldsFragment): Promise<void> =>
      step(
        id,
        session.role === 'PATIENT' ? takeOwn(id) : takeForPatient(id),
        t('waitlist.booked', { when: offer ? dateTime(offer.startsAt) : '' }),
      ),
    decline: ({ id }: WaitlistEntryFieldsFragment): Promise<void> => step(id, decline(id), t('waitlist.declined')),
    leave: ({ id }: WaitlistEntryFieldsFragment): Promise<void> => step(id, leave(id), t('waitlist.left')),
  };
}
