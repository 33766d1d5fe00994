import { describe, expect, it } from 'vitest';
import { firstPlace, walk } from './grid-walk.ts';
import type { Placed } from './placed-appointments.ts';

const at = (id: string, startMinute: number): Placed => ({
  row: {
    __typename: 'Appointment',
    id,
    status: 'APPROVED',
    startsAt: '2026-03-02T01:00:00Z',
    endsAt: '2026-03-02T01:30:00Z',
    overdue: false,
    allowedActions: [],
    version: 1,
    doctor: { __typename: 'Doctor', id: 'd1', name: 'Dr. Reyes' },
    service: { __typename: 'Service', id: 's1', name: 'Consultation', durationMinutes: 30 },
    patient: { __typename: 'Patient', id: 'p1', name: 'Maria' },
  },
  day: '2026-03-02',
  startMinute,
  endMinute: startMinute + 30,
  lane: 0,
  laneCount: 1,
});
const columns = [[at('a', 540), at('b', 600)], [], [at('c', 545), at('d', 590), at('e', 700)]];

describe('arrows in the calendar', () => {
  it('go up and down by time, and stop at the ends of a day', () => {
    expect(walk(columns, { columnIndex: 0, id: 'a' }, 'ArrowDown')).toEqual({ columnIndex: 0, id: 'b' });
    expect(walk(columns, { columnIndex: 0, id: 'a' }, 'ArrowUp')).toBeNull();
    expect(walk(columns, { columnIndex: 0, id: 'b' }, 'ArrowDown')).toBeNull();
  });

  it('go across to what is nearest in time, over days with nothing in them', () => {
    expect(walk(columns, { columnIndex: 0, id: 'b' }, 'ArrowRight')).toEqual({ columnIndex: 2, id: 'd' });
    expect(walk(columns, { columnIndex: 2, id: 'e' }, 'ArrowLeft')).toEqual({ columnIndex: 0, id: 'b' });
    expect(walk(columns, { columnIndex: 2, id: 'e' }, 'ArrowRight')).toBeNull();
  });

  it('begin with what comes next', () => {
    expect(firstPlace(columns, 580)).toEqual({ columnIndex: 0, id: 'b' });
    expect(firstPlace([[], []], 580)).toBeNull();
  });
});
