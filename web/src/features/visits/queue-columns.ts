import type { QueueColumnsFragment, VisitCardFragment } from '../../gql/graphql.ts';

export const queueColumns = ['waiting', 'called', 'inProgress', 'completed'] as const;
export type QueueColumn = (typeof queueColumns)[number];

const columnOf: Readonly<Record<VisitCardFragment['status'], QueueColumn | null>> = {
  WAITING: 'waiting',
  CALLED: 'called',
  IN_PROGRESS: 'inProgress',
  COMPLETED: 'completed',
  LEFT: null,
};

export const isQueueColumn = (value: unknown): value is QueueColumn => queueColumns.some((column) => column === value);

/** Urgent first, then by arrival, as the clinic sees them. */
function byTurn(left: VisitCardFragment, right: VisitCardFragment): number {
  const isUrgent = ({ priority }: VisitCardFragment): number => (priority === 'URGENT' ? 0 : 1);
  return (
    isUrgent(left) - isUrgent(right) ||
    left.checkedInAt.localeCompare(right.checkedInAt) ||
    left.queueNumber - right.queueNumber
  );
}

/**
 * Lays the day's visits out by the state they are in now: a step of this screen moves its card at once, before the live
 * update brings the whole queue. Of those that are done the latest comes first.
 *
 * @param doctorId   of one doctor alone; null for all
 */
export function columnsOf(
  queue: Pick<QueueColumnsFragment, QueueColumn>,
  doctorId: string | null,
): Readonly<Record<QueueColumn, readonly VisitCardFragment[]>> {
  const visits = queueColumns
    .flatMap((column) => queue[column])
    .filter(({ doctor }) => doctorId === null || doctor.id === doctorId);
  const inColumn = (column: QueueColumn) => visits.filter(({ status }) => columnOf[status] === column).sort(byTurn);
  return {
    waiting: inColumn('waiting'),
    called: inColumn('called'),
    inProgress: inColumn('inProgress'),
    completed: inColumn('completed').sort((left, right) =>
      (right.completedAt ?? '').localeCompare(left.completedAt ?? ''),
    ),
  };
}

/** What a card that is dropped onto a column asks for: a step, or the reason (a locale key behind `queue.drop.`) why there is none. */
export type Drop = { readonly step: 'call' | 'start' | 'back' } | { readonly refusal: 'completed' | 'called' };

/** Null where nothing is asked for: onto its own column, or a visit that is over. */
export function dropOf(visit: Pick<VisitCardFragment, 'status'>, column: QueueColumn): Drop | null {
  if (visit.status === 'COMPLETED' || visit.status === 'LEFT' || columnOf[visit.status] === column) return null;
  switch (column) {
    case 'waiting':
      return { step: 'back' };
    case 'called':
      return visit.status === 'WAITING' ? { step: 'call' } : { refusal: 'called' };
    case 'inProgress':
      return { step: 'start' };
    case 'completed':
      return { refusal: 'completed' };
  }
}
