import type { Role } from '../../gql/graphql.ts';

/** Nurses see no money; everybody else sees some. */
export const canSeeBills = (role: Role | null): boolean => role !== null && role !== 'NURSE';
