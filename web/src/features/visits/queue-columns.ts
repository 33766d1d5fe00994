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
