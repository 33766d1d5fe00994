import { shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { toAppError } from '../../app/errors.ts';
import { useSession } from '../../app/session.ts';
import type { UserErrorLike } from '../../composables/form-errors.ts';
import { useFormat } from '../../composables/useFormat.ts';
import { useNotice } from '../../composables/useNotice.ts';
import {
  RescheduleAppointmentDocument,
  type AppointmentRowFragment,
  type SlotFieldsFragment,
} from '../../gql/graphql.ts';
import { staffUpdates } from './update-channel.ts';

/** What a move needs to know of an appointment. */
export type Movable = Pick<AppointmentRowFragment, 'id' | 'version' | 'startsAt' | 'endsAt' | 'service'> & {
  readonly doctor: { readonly id: string; readonly name: string };
  readonly patient: { readonly name: string };
};

export interface MoveTarget {
  readonly startsAt: string;
  readonly durationMinutes: number;
  readonly doctorId: string;
}

export interface MovePlan {
  readonly appointment: Movable;
  readonly target: MoveTarget;
  /** Where it goes was shown already, by dragging: only the last word is missing. */
  readonly isChosen: boolean;
}

export interface MoveWords {
  readonly note?: string | null;
  readonly overbookReason?: string | null;
}

export interface MoveAnswer {
  readonly errors: readonly UserErrorLike[];
  readonly alternatives: readonly SlotFieldsFragment[];
  /** With a refusal: the appointment as it is now. */
  readonly current: AppointmentRowFragment | null;
}

const moving = shallowRef<MovePlan | null>(null);

/** Returns where an appointment is now, as a place to move it to. */
export function placeOf({ startsAt, endsAt, doctor }: Movable): MoveTarget {
  const durationMinutes = Math.round((Date.parse(endsAt) - Date.parse(startsAt)) / 60_000);
  return { startsAt, durationMinutes, doctorId: doctor.id };
}

function useReschedule() {
  const session = useSession();

  return async (appointment: Movable, target: MoveTarget, words: MoveWords): Promise<MoveAnswer> => {
    const { data } = await session.client.mutate({
      mutation: RescheduleAppointmentDocument,
      variables: {
        input: {
          appointmentId: appointment.id,
          version: appointment.version,
          startsAt: target.startsAt,
          durationMinutes: target.durationMinutes,
          ...(target.doctorId === appointment.doctor.id ? {} : { doctorId: target.doctorId }),
          ...(words.note?.trim() ? { note: words.note.trim() } : {}),
          ...(words.overbookReason ? { overbookReason: words.overbookReason } : {}),
        },
      },
    });
    const payload = data?.rescheduleAppointment;
    const current = payload?.appointment ?? null;
    if (current) staffUpdates.send({ appointment: current, type: null });
    return { errors: payload?.userErrors ?? [], alternatives: payload?.alternativeSlots ?? [], current };
  };
}

/** Moves appointments for the clinic's side. `moving` is the one whose dialog is open. */
export function useMoveAppointment() {
  const { t } = useI18n();
  const notice = useNotice();
  const { dateTime } = useFormat();
  const reschedule = useReschedule();

  /** A longer or shorter appointment has not moved. */
  function said(current: Movable, before: MoveTarget): string {
    const { startsAt, durationMinutes, doctorId } = placeOf(current);
    const patient = current.patient.name;
    const isLengthAlone = startsAt === before.startsAt && doctorId === before.doctorId;
    return isLengthAlone
      ? t('move.doneLength', { patient, count: durationMinutes })
      : t('move.done', { patient, when: dateTime(startsAt) });
  }

  async function undo(moved: Movable, before: MoveTarget): Promise<void> {
    try {
      const [refusal] = (await reschedule(moved, before, {})).errors;
      if (refusal) notice.refused(refusal.message);
      else notice.done(t('move.undone', { patient: moved.patient.name }), dateTime(before.startsAt));
    } catch (error) {
      notice.failed(toAppError(error));
    }
  }

  return {
    moving,
    startMove: (appointment: Movable, target: MoveTarget | null = null) => {
      moving.value = { appointment, target: target ?? placeOf(appointment), isChosen: target !== null };
    },
    /** Moves, and offers to move back for as long as the words are there. */
    move: async (appointment: Movable, target: MoveTarget, words: MoveWords = {}): Promise<MoveAnswer> => {
      const before = placeOf(appointment);
      const answer = await reschedule(appointment, target, words);
      const { current } = answer;
      if (answer.errors.length === 0 && current) {
        notice.undoable(said(current, before), () => void undo(current, before));
      }
      return answer;
    },
  };
}
