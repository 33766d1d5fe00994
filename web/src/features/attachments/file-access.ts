import type { Role } from '../../gql/graphql.ts';

/** Who hands in files; for others the mutation is FORBIDDEN. An owner who treats does so as the doctor they are. */
export const canHandInFiles = (role: Role | null, isDoctor: boolean): boolean =>
  isDoctor || role === 'DOCTOR' || role === 'NURSE' || role === 'RECEPTIONIST' || role === 'PATIENT';

/** Who opens them: the front desk hands in and does not read. */
export const canReadFiles = (role: Role | null, isDoctor: boolean): boolean =>
  isDoctor || role === 'DOCTOR' || role === 'NURSE' || role === 'PATIENT';

export const canRemoveFiles = (role: Role | null, isDoctor: boolean): boolean =>
  isDoctor || role === 'DOCTOR' || role === 'NURSE';
