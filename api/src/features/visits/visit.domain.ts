import { DomainError, forbidden } from '../../platform/errors.ts';
import { defineLifecycle } from '../../platform/lifecycle.ts';
import { dayOf } from '../../platform/zone.ts';
import type { Role } from '../../access/roles.ts';

export type VisitStatus = 'WAITING' | 'CALLED' | 'IN_PROGRESS' | 'COMPLETED' | 'LEFT';
export type VisitPriority = 'NORMAL' | 'URGENT';

/** A step that a visit's own state and the caller's role allow. */
export type VisitStep = 'CALL' | 'RETURN_TO_QUEUE' | 'START' | 'COMPLETE' | 'MARK_LEFT' | 'REASSIGN';

const desk: Role[] = ['RECEPTIONIST', 'NURSE', 'ADMIN', 'OWNER'];

/** Source: domain.md, Visit. */
export const visitLifecycle = defineLifecycle<VisitStatus, VisitStep | 'CHECK_IN', Role>({
  name: 'Visit',
  states: ['WAITING', 'CALLED', 'IN_PROGRESS', 'COMPLETED', 'LEFT'],
  initial: ['WAITING'],
  final: ['COMPLETED', 'LEFT'],
  moves: [
    {
      row: 'V1',
      action: 'CHECK_IN',
      from: [],
      to: 'WAITING',
      by: [...desk, 'DOCTOR'],
      guard: 'with the next number of the clinic and day',
    },
    { row: 'V2', action: 'CALL', from: ['WAITING'], to: 'CALLED', by: [...desk, 'DOCTOR'] },
    {
      row: 'V3',
      action: 'RETURN_TO_QUEUE',
      from: ['CALLED'],
      to: 'WAITING',
      by: [...desk, 'DOCTOR'],
      guard: 'keeps number and place',
    },
    {
      row: 'V4',
      action: 'START',
      from: ['WAITING', 'CALLED'],
      to: 'IN_PROGRESS',
      by: [...desk, 'DOCTOR'],
      guard: "on the appointment's own clinic day; one consultation of today at a time per doctor",
    },
    {
      row: 'V5',
      action: 'COMPLETE',
      from: ['IN_PROGRESS'],
      to: 'COMPLETED',
      by: ['DOCTOR'],
      guard: 'the treating doctor alone; locks the notes',
    },
    { row: 'V6', action: 'MARK_LEFT', from: ['WAITING', 'CALLED'], to: 'LEFT', by: desk },
    {
      row: 'V7',
      action: 'RETURN_TO_QUEUE',
      from: ['IN_PROGRESS'],
      to: 'WAITING',
      by: [...desk, 'DOCTOR'],
      guard: 'the treating doctor at any time, the desk within five minutes and with nothing clinical written',
    },
    {
      row: 'V8',
      action: 'MARK_LEFT',
      from: ['IN_PROGRESS'],
      to: 'LEFT',
      by: ['ADMIN', 'OWNER'],
      guard: 'with a reason; the notes lock as they are',
    },
    {
      row: '–',
      action: 'REASSIGN',
      from: ['WAITING'],
      to: 'WAITING',
      by: desk,
      guard: 'another doctor, or another priority',
    },
    { row: '–', action: 'REASSIGN', from: ['CALLED'], to: 'CALLED', by: desk, guard: 'as above' },
  ],
  describe: (from, action) =>
    `This patient is ${inWords[from]}, so the visit cannot be ${stepInWords[action]}. Reload to see it as it is now.`,
});

const inWords: Record<VisitStatus, string> = {
  WAITING: 'waiting',
  CALLED: 'called',
  IN_PROGRESS: 'with the doctor',
  COMPLETED: 'seen already',
  LEFT: 'gone already',
};

const stepInWords: Record<VisitStep | 'CHECK_IN', string> = {
  CHECK_IN: 'opened',
  CALL: 'called',
  RETURN_TO_QUEUE: 'sent back to the queue',
  START: 'begun',
  COMPLETE: 'completed',
  MARK_LEFT: 'marked as left',
  REASSIGN: 'given to somebody else',
};

export interface VisitState {
  status: VisitStatus;
  doctorId: string;
  /** The clinic day on which the patient checked in. */
  day: string;
  startedAt: Date | null;
  /** Whether the doctor has written anything, vital signs included. */
  hasClinical: boolean;
}

/** Who asks, and when. */
export interface VisitCircumstances {
  roles: readonly Role[];
  /** The caller's own doctor profile. */
  doctorId: string | null;
  now: Date;
  timeZone: string;
}

const minuteMs = 60_000;
const undoMinutes = 5;

type Obstacle = 'NOT_THE_DOCTOR' | 'TOO_LATE_TO_UNDO' | 'NOT_TODAY';

/** What a step asks for beside the table: nothing, or why it is not possible. Source: domain.md V4, V5, V7. */
function obstacleTo(step: VisitStep, visit: VisitState, who: VisitCircumstances): Obstacle | null {
  const isTreating = who.roles.includes('DOCTOR') && who.doctorId === visit.doctorId;
  switch (step) {
    case 'START':
      return visit.day === dayOf(who.now, who.timeZone) ? null : 'NOT_TODAY';
    case 'COMPLETE':
      return isTreating ? null : 'NOT_THE_DOCTOR';
    case 'RETURN_TO_QUEUE': {
      if (visit.status !== 'IN_PROGRESS' || isTreating) return null;
      const minutes = (who.now.getTime() - (visit.startedAt ?? who.now).getTime()) / minuteMs;
      return visit.hasClinical || minutes > undoMinutes ? 'TOO_LATE_TO_UNDO' : null;
    }
    case 'CALL':
    case 'MARK_LEFT':
    case 'REASSIGN':
      return null;
  }
}

/** What the caller may do with a visit now. Clients draw their buttons from it and know no table. */
export function allowedVisitSteps(visit: VisitState, who: VisitCircumstances): VisitStep[] {
  return visitLifecycle
    .allowedActions(visit.status, rolesAt(visit, who))
    .filter((step): step is VisitStep => step !== 'CHECK_IN')
    .filter((step) => obstacleTo(step, visit, who) === null);
}

/** DOCTOR counts for a doctor's own visits alone; an owner who treats is the owner at everybody else's. */
const rolesAt = (visit: Pick<VisitState, 'doctorId'>, { roles, doctorId }: VisitCircumstances): readonly Role[] =>
  doctorId === visit.doctorId ? roles : roles.filter((role) => role !== 'DOCTOR');

/**
 * Takes one step.
 *
 * @returns the state that follows
 * @throws RequestError FORBIDDEN for whoever is not the treating doctor, or may not close a running consultation;
 *   DomainError INVALID_TRANSITION, NOT_TODAY
 */
export function takeVisitStep(visit: VisitState, step: VisitStep, who: VisitCircumstances): VisitStatus {
  const obstacle = obstacleTo(step, visit, who);
  if (obstacle === 'NOT_THE_DOCTOR') throw forbidden('complete a consultation: only the treating doctor may');
  const next = visitLifecycle.move(visit.status, step);
  const isAllowed = visitLifecycle.allowedActions(visit.status, rolesAt(visit, who)).includes(step);
  if (!isAllowed) throw forbidden('close a consultation that is running');
  if (obstacle === 'NOT_TODAY')
    throw new DomainError(
      'NOT_TODAY',
      'This patient checked in on another day. Mark the visit as left and check in anew.',
    );
  if (obstacle === 'TOO_LATE_TO_UNDO')
    throw new DomainError(
      'INVALID_TRANSITION',
      'The consultation has gone on for too long to be undone from here. Ask the doctor to send the patient back.',
    );
  return next;
}

/** As the check-in left it: nobody called, saw or wrote. Only then can the check-in be undone. Source: domain.md A8. */
export const isUntouched = (
  { status, startedAt }: { status: VisitStatus; startedAt?: Date | null },
  hasNotes: boolean,
): boolean => status === 'WAITING' && startedAt == null && !hasNotes;

/** Still to be seen: has a place in the queue. */
export const isInQueue = (status: VisitStatus): boolean => status === 'WAITING' || status === 'CALLED';

export interface Pace {
  /** How many are seen before. */
  ahead: number;
  /** The doctor's median consultation of late, seconds; null without data. */
  medianSeconds: number | null;
  /** When the consultation that is running began; null without one. */
  runningSince: Date | null;
}

/**
 * Minutes until somebody is likely seen; null without data. Source: domain.md, "people ahead × the doctor's rolling median
 * consultation, less what the running one has used": the running one counts as a person ahead until it has used its time.
 */
export function estimateWaitMinutes({ ahead, medianSeconds, runningSince }: Pace, now: Date): number | null {
  if (medianSeconds === null) return null;
  const used = runningSince === null ? medianSeconds : (now.getTime() - runningSince.getTime()) / 1_000;
  const running = Math.max(0, medianSeconds - used);
  return Math.round((running + ahead * medianSeconds) / 60);
}
