import { describe, expect, it } from 'vitest';
import type { VisitCardFragment } from '../../gql/graphql.ts';
import { columnsOf, dropOf, queueColumns } from './queue-columns.ts';

const aVisit = (given: Partial<VisitCardFragment>): VisitCardFragment => ({
  __typename: 'Visit',
  id: `visit-${given.queueNumber ?? 1}`,
  status: 'WAITING',
  queueNumber: 1,
  priority: 'NORMAL',
  estimatedWaitMinutes: null,
  queuePosition: 1,
  allowedActions: [],
  checkedInAt: '2026-03-02T01:00:00.000Z',
  calledAt: null,
  startedAt: null,
  completedAt: null,
  version: 1,
  appointment: { __typename: 'Appointment', id: 'appointment' },
  patient: { __typename: 'Patient', id: 'patient', name: 'Maria Santos', age: 34, sex: 'FEMALE', recordNumber: 'P-1' },
  doctor: { __typename: 'Doctor', id: 'reyes', name: 'Dr. Ana Reyes' },
  service: { __typename: 'Service', id: 'service', name: 'Consultation' },
  ...given,
});
const empty = { waiting: [], called: [], inProgress: [], completed: [] };
const numbers = (visits: readonly VisitCardFragment[]) => visits.map(({ queueNumber }) => queueNumber);

describe('the columns of the queue', () => {
  it('put the urgent first, then who came first', () => {
    const waiting = [
      aVisit({ queueNumber: 3, checkedInAt: '2026-03-02T01:20:00.000Z' }),
      aVisit({ queueNumber: 2, checkedInAt: '2026-03-02T01:10:00.000Z' }),
      aVisit({ queueNumber: 4, checkedInAt: '2026-03-02T01:30:00.000Z', priority: 'URGENT' }),
    ];

    expect(numbers(columnsOf({ ...empty, waiting }, null).waiting)).toEqual([4, 2, 3]);
  });

  it('move a card by its state, whatever list it came in, and drop who has left', () => {
    const waiting = [
      aVisit({ queueNumber: 1, status: 'CALLED' }),
      aVisit({ queueNumber: 2, status: 'LEFT' }),
      aVisit({ queueNumber: 3 }),
    ];

    const columns = columnsOf({ ...empty, waiting }, null);

    expect([numbers(columns.waiting), numbers(columns.called)]).toEqual([[3], [1]]);
  });

  it('show of the done the latest first, and of one doctor alone when asked', () => {
    const rao = { __typename: 'Doctor' as const, id: 'rao', name: 'Dr. Rao' };
    const completed = [
      aVisit({ queueNumber: 1, status: 'COMPLETED', completedAt: '2026-03-02T02:00:00.000Z' }),
      aVisit({ queueNumber: 2, status: 'COMPLETED', completedAt: '2026-03-02T03:00:00.000Z' }),
      aVisit({ queueNumber: 3, status: 'COMPLETED', completedAt: '2026-03-02T04:00:00.000Z', doctor: rao }),
    ];

    expect(numbers(columnsOf({ ...empty, completed }, 'reyes').completed)).toEqual([2, 1]);
  });
});

describe('a card that is dropped', () => {
  const drops = (status: VisitCardFragment['status']) => queueColumns.map((column) => dropOf({ status }, column));

  it('asks for the step that leads there', () => {
    expect(drops('WAITING')).toEqual([null, { step: 'call' }, { step: 'start' }, { refusal: 'completed' }]);
    expect(drops('CALLED')).toEqual([{ step: 'back' }, null, { step: 'start' }, { refusal: 'completed' }]);
    expect(drops('IN_PROGRESS')).toEqual([{ step: 'back' }, { refusal: 'called' }, null, { refusal: 'completed' }]);
  });

  it('asks for nothing once the visit is over', () => {
    expect([...drops('COMPLETED'), ...drops('LEFT')].every((drop) => drop === null)).toBe(true);
  });
});
