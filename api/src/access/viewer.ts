import type { Actor } from '../platform/db/transaction.ts';
import { nobody, type PoolKind, type Tenant } from '../platform/db/tenant.ts';
import type { Role } from './roles.ts';

/** Who is asking, in which clinic, as the session and the membership say at this moment. */
export interface Viewer {
  sessionId: string;
  userId: string;
  clinicId: string;
  role: Role;
  name: string;
  locale: string;
  /** The caller's own doctor profile: a doctor's, or that of an owner who treats. */
  doctorId: string | null;
  /** The caller's own patient record, for a patient. */
  patientId: string | null;
  timeZone: string;
  currency: string;
  /** What the clinic's clock shows beside the real one, milliseconds; 0 but in a sandbox. */
  clockOffsetMs: number;
  /** When they last did something, as far as it was noted. */
  lastActiveAt: Date;
}

/**
 * The roles that a viewer acts in: their own, and DOCTOR for an owner who treats.
 * Source: domain.md, "An owner with a doctor profile acts as that doctor for own visits".
 */
export function rolesOf(viewer: Viewer): readonly Role[] {
  return viewer.doctorId !== null && viewer.role !== 'DOCTOR' ? [viewer.role, 'DOCTOR'] : [viewer.role];
}

const pools: Record<Role, PoolKind> = {
  OWNER: 'staff',
  ADMIN: 'staff',
  NURSE: 'staff',
  RECEPTIONIST: 'staff',
  DOCTOR: 'doctor',
  PATIENT: 'patient',
};

/** The viewer as the database's row policies know them. */
export function tenantOf(viewer: Viewer | null): Tenant {
  if (viewer === null) return nobody;
  const { clinicId, role, userId, doctorId, patientId, clockOffsetMs } = viewer;
  return { pool: pools[role], clinicId, role, userId, doctorId, patientId, clockOffsetMs };
}

/** The viewer as the timeline and the audit trail name them. */
export function actorOf(viewer: Viewer | null, ipAddress: string | null): Actor {
  if (viewer === null) return { userId: null, name: 'Clinigraph', role: null, ipAddress };
  return { userId: viewer.userId, name: viewer.name, role: viewer.role, ipAddress };
}
