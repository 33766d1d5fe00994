import { describe, expect, it } from 'vitest';
import type { Role } from '../../access/roles.ts';
import { allowedSteps, takeStep, type AppointmentStatus, type Circumstances } from './appointment.domain.ts';
import { holdsSlot, isLikelyNoShow } from './appointment-time.domain.ts';

const now = new Date('2030-03-04T01:00:00Z');
const minutesFromNow = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

const anAppointment = (status: AppointmentStatus, minutesToStart = 24 * 60) => ({
  status,
  startsAt: minutesFromNow(minutesToStart),
});

const as = (role: Role, changes: Partial<Circumstances> = {}): Circumstances => ({
  roles: [role],
  requestPolicy: 'DOCTOR',
  selfServiceCutoffHours: 2,
  now,
  timeZone: 'Asia/Manila',
  ...changes,
});

const codeOf = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
};

describe('what may be done with an approved appointment', () => {
  const [desk, own] = [
    ['CANCEL', 'RESCHEDULE', 'CHECK_IN', 'MARK_NO_SHOW'],
    ['CANCEL', 'RESCHEDULE', 'CHECK_IN'],
  ];

  it.each<[Role, string[], string[]]>([
    ['OWNER', ['CANCEL', 'RESCHEDULE'], desk],
    ['ADMIN', ['CANCEL', 'RESCHEDULE'], desk],
    ['RECEPTIONIST', ['CANCEL', 'RESCHEDULE'], desk],
    ['DOCTOR', ['CANCEL', 'RESCHEDULE'], own],
    ['PATIENT', ['CANCEL', 'RESCHEDULE'], []],
    ['NURSE', [], ['CHECK_IN']],
  ])('%s: %j the day before, %j once it has begun', (role, before, after) => {
    const sorted = (minutesToStart: number) =>
      allowedSteps(anAppointment('APPROVED', minutesToStart), as(role), true).sort();

    expect(sorted(24 * 60)).toEqual(before.sort());
    expect(sorted(0)).toEqual([...after].sort());
  });
});

describe('moving (A6)', () => {
  it('keeps an approved appointment approved', () => {
    expect(takeStep(anAppointment('APPROVED'), 'RESCHEDULE', as('RECEPTIONIST'))).toBe('APPROVED');
  });

  it.each<AppointmentStatus>(['REQUESTED', 'REJECTED', 'CANCELLED', 'CHECKED_IN', 'NO_SHOW', 'TREATED'])(
    'is not possible from %s',
    (status) => {
      expect(codeOf(() => takeStep(anAppointment(status), 'RESCHEDULE', as('OWNER')))).toBe('INVALID_TRANSITION');
    },
  );

  it('is the patient’s until the cutoff, to the minute, and the staff’s after it', () => {
    expect(takeStep(anAppointment('APPROVED', 120), 'RESCHEDULE', as('PATIENT'))).toBe('APPROVED');
    expect(codeOf(() => takeStep(anAppointment('APPROVED', 119), 'RESCHEDULE', as('PATIENT')))).toBe('TOO_LATE');
    expect(takeStep(anAppointment('APPROVED', 1), 'RESCHEDULE', as('RECEPTIONIST'))).toBe('APPROVED');
  });

  it.each([
    [0, 'Until it begins, you can move it by yourself. Call the clinic now.'],
    [1, 'Up to an hour before, you can move it by yourself. Call the clinic now.'],
    [24, 'Up to 24 hours before, you can move it by yourself. Call the clinic now.'],
  ])('says with a cutoff of %i hours until when', (selfServiceCutoffHours, message) => {
    const late = anAppointment('APPROVED', -1);

    expect(() => takeStep(late, 'RESCHEDULE', as('PATIENT', { selfServiceCutoffHours }))).toThrow(message);
  });
});

describe('a no-show (A9)', () => {
  it('is one from the start on, to the minute', () => {
    expect(takeStep(anAppointment('APPROVED', 0), 'MARK_NO_SHOW', as('RECEPTIONIST'))).toBe('NO_SHOW');
    expect(codeOf(() => takeStep(anAppointment('APPROVED', 1), 'MARK_NO_SHOW', as('RECEPTIONIST')))).toBe(
      'INVALID_TRANSITION',
    );
  });

  it('cannot be a request, and holds no slot', () => {
    expect(() => takeStep(anAppointment('REQUESTED', -5), 'MARK_NO_SHOW', as('OWNER'))).toThrow(
      'This appointment is only requested so far, so it cannot be marked as a no-show. Answer the request first.',
    );
    expect(holdsSlot('NO_SHOW', null)).toBe(false);
  });
});

describe('a likely no-show', () => {
  const late = (status: AppointmentStatus) => ({ ...anAppointment(status, -15), noShowAfterMinutes: 15 });

  it('is who is still expected so many minutes after the start, to the minute', () => {
    const soon = { ...anAppointment('APPROVED', -14), noShowAfterMinutes: 15 };

    expect(isLikelyNoShow(late('APPROVED'), now, 'Asia/Manila')).toBe(true);
    expect(isLikelyNoShow(soon, now, 'Asia/Manila')).toBe(false);
    expect(isLikelyNoShow(late('CHECKED_IN'), now, 'Asia/Manila')).toBe(false);
  });

  it('is nobody on the day after: the appointment is overdue', () => {
    const ownDayEnds = new Date('2030-03-04T16:00:00Z');

    expect(isLikelyNoShow(late('APPROVED'), new Date(ownDayEnds.getTime() - 1), 'Asia/Manila')).toBe(true);
    expect(isLikelyNoShow(late('APPROVED'), ownDayEnds, 'Asia/Manila')).toBe(false);
  });
});
