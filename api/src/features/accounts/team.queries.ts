import { sql, type Query } from '../../platform/db/query-builder.ts';
import { membershipRows, type MembershipRow } from './account.queries.ts';

const teamLimit = 500;

/** Everybody with a place on the team, by name. A clinic has few: the limit only guards the answer's size. */
export const teamOf = (clinicId: string): Query<MembershipRow> =>
  membershipRows()
    .where('membership.clinicId', '=', clinicId)
    .where('membership.role', '!=', 'PATIENT')
    .orderBy(sql`membership.display_name, membership.id`)
    .limit(teamLimit);
