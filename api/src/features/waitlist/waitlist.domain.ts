import { DomainError } from '../../platform/errors.ts';
import { contains, overlaps, type Interval } from '../../platform/intervals.ts';
import { defineLifecycle } from '../../platform/lifecycle.ts';
import { dayOf } from '../../platform/zone.ts';
import type { Role } from '../../access/roles.ts';

export type WaitlistStatus = 'WAITING' | 'OFFERED' | 'BOOKED' | 'LEFT';
export type WaitlistStep = 'JOIN' | 'OFFER' | 'ACCEPT' | 'DECLINE' | 'EXPIRE' | 'LEAVE' | 'RUN_OUT';

const people: readonly Role[] = ['PATIENT', 'RECEPTIONIST', 'ADMIN', 'OWNER'];

/** Source: domain.md, Waitlist. What nobody but the clock does is done by SYSTEM. */
export const waitlistLifecycle = defineLifecycle<WaitlistStatus, WaitlistStep, Role | 'SYSTEM'>({
  name: 'Waitlist entry',
  states: ['WAITING', 'OFFERED', 'BOOKED', 'LEFT'],
  initial: ['WAITING'],
  final: ['BOOKED', 'LEFT'],
  moves: [
    { row: 'W1', action: 'JOIN', from: [], to: 'WAITING', by: people, guard: 'once for a service and a doctor' },
    {
      row: 'W2',
      action: 'OFFER',
      from: ['WAITING'],
      to: 'OFFERED',
      by: ['SYSTEM'],
      guard: 'the first whom an opened slot fits; held 30 minutes, like an appointment',
    },
    {
      row: 'W3',
      action: 'ACCEPT',
      from: ['OFFERED'],
      to: 'BOOKED',
      by: people,
      guard: 'the hold has not run out; books as A2',
    },
    { row: 'W4', action: 'DECLINE', from: ['OFFERED'], to: 'WAITING', by: people, guard: 'behind the others' },
    {
      row: 'W5',
      action: 'EXPIRE',
      from: ['OFFERED'],
      to: 'WAITING',
      by: ['SYSTEM'],
      guard: 'the hold has run out; behind the others',
    },
    { row: 'W6', action: 'LEAVE', from: ['WAITING', 'OFFERED'], to: 'LEFT', by: people },
    {
      row: 'W7',
      action: 'RUN_OUT',
      from: ['WAITING', 'OFFERED'],
      to: 'LEFT',
      by: ['SYSTEM'],
      guard: 'the last day has passed',
    },
  ],
  describe: (from) => `This place on the waitlist ${inWords[from]}. Reload to see it as it is now.`,
});

const inWords: Record<WaitlistStatus, string> = {
  WAITING: 'has no offer at the moment',
  OFFERED: 'has an offer that waits for an answer',
  BOOKED: 'became an appointment already',
  LEFT: 'was given up already',
};

const minuteMs = 60_000;

/** How long an offer is held. Source: domain.md, Waitlist. */
export const holdMinutes = 30;

/** When an offer runs out: after 30 minutes, and never later than its slot begins. */
export const offerEndsAt = (now: Date, { startsAt }: Pick<Interval, 'startsAt'>): Date =>
  new Date(Math.min(now.getTime() + holdMinutes * minuteMs, startsAt.getTime()));

/** Whether an offer that was made at an instant is over by now, whatever became of it: it need not be told any more. */
export const hasRunOut = (offeredAt: Date, now: Date): boolean =>
  now.getTime() - offeredAt.getTime() >= holdMinutes * minuteMs;

/** Whether an answer comes in time; at the very end of the hold it does not. */
export const isHeld = (offerExpiresAt: Date | null, now: Date): boolean =>
  offerExpiresAt !== null && now < offerExpiresAt;

export const offerGone = () =>
  new DomainError('OFFER_GONE', 'This offer has run out or was answered already. You will hear of the next one.');

/** Somebody who waits, as far as it decides what fits. */
export interface Waiting {
  doctorId: string | null;
  /** Clinic days, both included. */
  earliest: string;
  latest: string;
  /** Slots that were declined or let run out: their time is not offered to the same person again. */
  passedOffers: readonly string[];
}

export interface DoctorsSlot extends Interval {
  doctorId: string;
}

/** How an entry remembers a slot that passed it by: whose time, from when to when. */
const nameOfSlot = ({ doctorId, startsAt, endsAt }: DoctorsSlot): string =>
  `${doctorId} ${startsAt.toISOString()}/${endsAt.toISOString()}`;

function slotOfName(name: string): DoctorsSlot {
  const [doctorId = '', startsAt = '', endsAt = ''] = name.split(/[ /]/);
  return { doctorId, startsAt: new Date(startsAt), endsAt: new Date(endsAt) };
}

/** Adds a slot to those that passed by, and forgets those whose time has come: nobody can offer them again. */
export const withPassed = (passed: readonly string[], slot: DoctorsSlot, now: Date): string[] => [
  ...passed.filter((name) => slotOfName(name).startsAt > now),
  nameOfSlot(slot),
];

const hasPassed = ({ passedOffers }: Waiting, slot: DoctorsSlot): boolean =>
  passedOffers.map(slotOfName).some((passed) => passed.doctorId === slot.doctorId && overlaps(passed, slot));

/**
 * Whether an opened slot suits somebody who waits: their doctor or any, a day of theirs, and no time that they let pass.
 * That the doctor offers the service, and that the patient is free, others decide. Source: domain.md, Waitlist.
 */
export function suits(waiting: Waiting, slot: DoctorsSlot, timeZone: string): boolean {
  if (waiting.doctorId !== null && waiting.doctorId !== slot.doctorId) return false;
  const day = dayOf(slot.startsAt, timeZone);
  return waiting.earliest <= day && day <= waiting.latest && !hasPassed(waiting, slot);
}

/** The slots in an opened time, those that lie in it before those that only reach into it; by their start. */
export const inOpenedTime = (slots: readonly Interval[], opened: Interval): Interval[] =>
  slots
    .filter((slot) => overlaps(slot, opened))
    .sort(
      (one, other) =>
        Number(contains(opened, other)) - Number(contains(opened, one)) ||
        one.startsAt.getTime() - other.startsAt.getTime(),
    );

/** The first state after an offer that was not taken: WAITING, or LEFT when the last day has passed. */
export const afterOffer = (latest: string, now: Date, timeZone: string): WaitlistStatus =>
  dayOf(now, timeZone) > latest ? 'LEFT' : 'WAITING';
