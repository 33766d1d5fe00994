import { describe, expect, it } from 'vitest';
import { effect } from 'vue';
import type { CalendarAppointmentFragment } from '../../gql/graphql.ts';
import { columnKey, createPlacedAppointments } from './placed-appointments.ts';

const row = (id: string, startsAt: string, endsAt: string, over: Partial<CalendarAppointmentFragment> = {}) => ({
  __typename: 'Appointment' as const,
  id,
  status: 'APPROVED' as const,
  startsAt,
  endsAt,
  overdue: false,
  allowedActions: [],
  version: 1,
  doctor: { __typename: 'Doctor' as const, id: 'd1', name: 'Dr. Reyes' },
  service: { __typename: 'Service' as const, id: 's1', name: 'Consultation', durationMinutes: 30 },
  patient: { __typename: 'Patient' as const, id: 'p1', name: 'Maria' },
  ...over,
});
const other = { __typename: 'Doctor' as const, id: 'd2', name: 'Dr. Rao' };
const nine = row('a', '2026-03-02T01:00:00Z', '2026-03-02T01:30:00Z');
const [monday, tuesday] = [columnKey('2026-03-02', 'd1'), columnKey('2026-03-03', 'd1')];

describe("a calendar's columns", () => {
  it("hold each appointment at the clinic's wall clock, beside what it overlaps", () => {
    const placed = createPlacedAppointments(() => 'Asia/Manila');

    placed.put([nine, row('b', '2026-03-02T01:15:00Z', '2026-03-02T02:00:00Z')]);

    expect(placed.inColumn(monday).map((each) => [each.row.id, each.startMinute, each.endMinute, each.lane])).toEqual([
      ['a', 540, 570, 0],
      ['b', 555, 600, 1],
    ]);
  });

  it('let one go when it moves to another day or doctor, and when it is cancelled', () => {
    const placed = createPlacedAppointments(() => 'Asia/Manila');
    placed.put([nine]);

    placed.put([row('a', '2026-03-03T02:00:00Z', '2026-03-03T02:30:00Z', { doctor: other })]);
    expect([placed.inColumn(monday).length, placed.inColumn(tuesday).length]).toEqual([0, 0]);
    expect(placed.inColumn(columnKey('2026-03-03', 'd2')).length).toBe(1);

    placed.put([row('a', '2026-03-03T02:00:00Z', '2026-03-03T02:30:00Z', { doctor: other, status: 'CANCELLED' })]);
    expect(placed.find('a')).toBeNull();
  });

  it('are redrawn only when something in them has changed', () => {
    const placed = createPlacedAppointments(() => 'Asia/Manila');
    placed.put([nine, row('c', '2026-03-03T01:00:00Z', '2026-03-03T01:30:00Z')]);
    let [mondays, tuesdays] = [0, 0];
    effect(() => {
      placed.inColumn(monday);
      mondays += 1;
    });
    effect(() => {
      placed.inColumn(tuesday);
      tuesdays += 1;
    });

    placed.put([{ ...nine, version: 2 }]);

    expect([mondays, tuesdays]).toEqual([2, 1]);
  });

  it('keep the newer of two versions, in whatever order they arrive', () => {
    const placed = createPlacedAppointments(() => 'Asia/Manila');
    placed.put([{ ...nine, status: 'CANCELLED', version: 3 }]);

    placed.put([{ ...nine, version: 2 }]);

    expect(placed.find('a')).toBeNull();
  });

  it('lose what is no longer there when a day is read again', () => {
    const placed = createPlacedAppointments(() => 'Asia/Manila');
    placed.put([nine, row('b', '2026-03-02T03:00:00Z', '2026-03-02T03:30:00Z')]);

    placed.replaceDays(new Set(['2026-03-02']), [nine]);

    expect(placed.inColumn(monday).map(({ row: { id } }) => id)).toEqual(['a']);
  });
});
