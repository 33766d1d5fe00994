import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { toAppError } from '../../app/errors.ts';
import { useSession } from '../../app/session.ts';
import type { UserErrorLike } from '../../composables/form-errors.ts';
import { useNotice } from '../../composables/useNotice.ts';
import {
  CallPatientDocument,
  MarkLeftDocument,
  ReassignVisitDocument,
  ReturnToQueueDocument,
  StartConsultationDocument,
  type ReassignVisitInput,
  type VisitCardFragment,
} from '../../gql/graphql.ts';

interface Answer {
  readonly visit: VisitCardFragment | null;
  readonly userErrors: readonly UserErrorLike[];
}

type Payload = Answer | null | undefined;

const busyId = ref<string | null>(null);

/** The mutations themselves, one each. */
function useVisitMutations() {
  const { client } = useSession();
  return {
    call: async (id: string): Promise<Payload> =>
      (await client.mutate({ mutation: CallPatientDocument, variables: { id } })).data?.callPatient,
    start: async (id: string): Promise<Payload> =>
      (await client.mutate({ mutation: StartConsultationDocument, variables: { id } })).data?.startConsultation,
    back: async (id: string): Promise<Payload> =>
      (await client.mutate({ mutation: ReturnToQueueDocument, variables: { id } })).data?.returnToQueue,
    left: async (id: string, reason: string | null): Promise<Payload> =>
      (await client.mutate({ mutation: MarkLeftDocument, variables: { id, reason } })).data?.markLeft,
    reassign: async (input: ReassignVisitInput): Promise<Payload> =>
      (await client.mutate({ mutation: ReassignVisitDocument, variables: { input } })).data?.reassignVisit,
  };
}

const words = ({ queueNumber, patient, doctor }: VisitCardFragment) => ({
  number: queueNumber,
  patient: patient.name,
  doctor: doctor.name,
});

/** Does one step at a time; a refusal is said, and true means that it is done. */
function useOneStep() {
  const notice = useNotice();
  return async (id: string, send: () => Promise<Payload>, say: (visit: VisitCardFragment) => void) => {
    if (busyId.value !== null) return false;
    busyId.value = id;
    try {
      const { visit = null, userErrors = [] } = (await send()) ?? {};
      const [refusal] = userErrors;
      if (refusal) notice.refused(refusal.message);
      else if (visit) say(visit);
      return !refusal && visit !== null;
    } catch (error) {
      notice.failed(toAppError(error));
      return false;
    } finally {
      busyId.value = null;
    }
  };
}

/**
 * The steps of a visit in the queue. Only sending in offers its undoing in the notice: a call's could outlive it, and take
 * a patient back out.
 */
export function useVisitSteps() {
  const { t } = useI18n();
  const notice = useNotice();
  const mutations = useVisitMutations();
  const step = useOneStep();
  const say = (key: string) => (visit: VisitCardFragment) => notice.done(t(key, words(visit)));
  const back = ({ id }: Pick<VisitCardFragment, 'id'>): Promise<boolean> =>
    step(id, () => mutations.back(id), say('queue.done.back'));
  const saySentIn = (visit: VisitCardFragment) =>
    notice.undoable(t('queue.done.start', words(visit)), () => void back(visit));
  const sayReassigned = (visit: VisitCardFragment) => say(`queue.priority.${visit.priority}`)(visit);

  return {
    busyId,
    back,
    call: ({ id }: VisitCardFragment) => step(id, () => mutations.call(id), say('queue.done.call')),
    start: ({ id }: VisitCardFragment) => step(id, () => mutations.start(id), saySentIn),
    left: ({ id }: VisitCardFragment, reason: string | null) =>
      step(id, () => mutations.left(id, reason), say('queue.done.left')),
    reassign: (input: ReassignVisitInput & { visitId: string }) =>
      step(input.visitId, () => mutations.reassign(input), input.doctorId ? say('queue.done.doctor') : sayReassigned),
  };
}
