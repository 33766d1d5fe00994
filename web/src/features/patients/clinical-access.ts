import type { Role } from '../../gql/graphql.ts';

/** Who may ask for clinical fields at all; for the others they would come back null with FORBIDDEN, so they are never selected. */
export function canReadClinical(role: Role | null): boolean {
  return role === 'DOCTOR' || role === 'NURSE';
}

/** Who may ask for the medical history. */
export const canReadHistory = (role: Role | null): boolean => role === 'DOCTOR';
