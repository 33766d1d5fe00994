import { describe, expect, it } from 'vitest';
import { History, type Deed, type StoredAppointment, type StoredStep } from './history-model.ts';

const slot = 30 * 60_000;

const aDeed = (changes: Partial<Deed> = {}): Deed => ({
  key: 'booking',
  kind: 'BOOK',
  appointmentId: null,
  version: null,
  wanted: { doctorId: 'doctor', patientId: 'patient', startsAt: 0, minutes: 30 },
  isOverbooked: false,
  sentAt: 10,
  answeredAt: 20,
  outcome: 'DONE',
  shownId: 'one',
  ...changes,
});

const aStep = (changes: Partial<StoredStep> = {}): StoredStep => ({
  appointmentId: 'one',
  version: 1,
  type: 'APPROVED',
  fromStatus: null,
  toStatus: 'APPROVED',
  note: null,
  at: 15,
  ...changes,
});

const aRow = (changes: Partial<StoredAppointment> = {}): StoredAppointment => ({
  id: 'one',
  status: 'APPROVED',
  doctorId: 'doctor',
  patientId: 'patient',
  startsAt: 0,
  endsAt: slot,
  reason: 'booking',
  isOverbooked: false,
  version: 1,
  ...changes,
});

function problemsOf(deeds: Deed[], steps: StoredStep[], rows: StoredAppointment[]): string[] {
  const history = new History(deeds);
  history.judge(steps, rows);
  return history.problems;
}

const other = aDeed({
  key: 'other',
  wanted: { doctorId: 'doctor', patientId: 'neighbour', startsAt: 0, minutes: 30 },
  sentAt: 30,
  answeredAt: 40,
});

describe('the model that histories are held against', () => {
  it('finds nothing wrong where nothing is', () => {
    const refused = { ...other, outcome: 'SLOT_TAKEN' };

    expect(problemsOf([aDeed(), refused], [aStep()], [aRow()])).toEqual([]);
  });

  it('finds a booking that was acknowledged and lost', () => {
    expect(problemsOf([aDeed()], [], [])).toEqual(['BOOK booking was told to be done, and left no trace']);
  });

  it('finds one that nobody asked for', () => {
    expect(problemsOf([], [aStep()], [])).toEqual(['APPROVED of one was asked for by nobody']);
  });

  it('finds two at one time of one doctor, and not where one of them was overbooked', () => {
    const steps = [aStep(), aStep({ appointmentId: 'two', at: 35 })];
    const rows = [aRow(), aRow({ id: 'two', reason: 'other', patientId: 'neighbour' })];

    expect(problemsOf([aDeed(), other], steps, rows)).toEqual(['APPROVED of two overlaps one of the same doctor']);
    expect(
      problemsOf([aDeed(), { ...other, isOverbooked: true }], steps, [
        aRow(),
        aRow({ id: 'two', reason: 'other', patientId: 'neighbour', isOverbooked: true }),
      ]),
    ).toEqual([]);
  });

  it('finds a refusal for a time that was free all the while', () => {
    const refused = { ...other, outcome: 'SLOT_TAKEN', sentAt: 1, answeredAt: 5 };

    expect(problemsOf([aDeed(), refused], [aStep()], [aRow()])).toEqual([
      'SLOT_TAKEN to BOOK other about null had no reason',
    ]);
  });

  it('finds a row that is not where its history leads', () => {
    const move = aDeed({
      key: 'move',
      kind: 'MOVE',
      appointmentId: 'one',
      wanted: { doctorId: null, patientId: null, startsAt: slot, minutes: 30 },
      sentAt: 30,
      answeredAt: 40,
    });
    const moved = aStep({ version: 2, type: 'RESCHEDULED', fromStatus: 'APPROVED', note: 'move', at: 35 });

    expect(problemsOf([aDeed(), move], [aStep(), moved], [aRow({ version: 2 })])).toEqual([
      `one has startsAt 0 instead of ${slot}`,
      `one has endsAt ${slot} instead of ${2 * slot}`,
    ]);
  });
});
