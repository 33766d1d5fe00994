import type { AppointmentStatus } from '../../gql/graphql.ts';

const cross = 'M18 6 6 18M6 6l12 12';

/**
 * The icons of the states as bare outlines (lucide, 24 by 24): a grid draws hundreds of them, and an icon component for
 * each would cost more than the rest of the block.
 */
export const statusShapes: Readonly<Record<AppointmentStatus, string>> = {
  REQUESTED: 'M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20M12 6v6l4 2',
  APPROVED: 'M20 6 9 17l-5-5',
  CHECKED_IN:
    'M5 22h14M5 2h14m-2 20v-4.172a2 2 0 0 0-.586-1.414L12 12l-4.414 4.414A2 2 0 0 0 7 17.828V22M7 2v4.172a2 2 0 0 0 .586 1.414L12 12l4.414-4.414A2 2 0 0 0 17 6.172V2',
  TREATED: 'M18 6 7 17l-5-5m20-2-7.5 7.5L13 16',
  NO_SHOW: 'M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2M9 3a4 4 0 1 0 0 8 4 4 0 1 0 0-8m8 5 5 5m0-5-5 5',
  REJECTED: cross,
  CANCELLED: cross,
};
