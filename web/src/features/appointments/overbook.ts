import type { Role } from '../../gql/graphql.ts';

/** Who may book on top of another appointment, on purpose and with a reason; the server asks again. */
export const overbookers: readonly Role[] = ['DOCTOR', 'ADMIN', 'OWNER'];
