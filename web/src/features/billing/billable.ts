import type { AppointmentStatus } from '../../gql/graphql.ts';

/** Whether somebody may owe money for it: it stands, it took place, or somebody did not come. The server has the last word. */
export const isBillable = (status: AppointmentStatus): boolean =>
  status === 'APPROVED' || status === 'CHECKED_IN' || status === 'TREATED' || status === 'NO_SHOW';
