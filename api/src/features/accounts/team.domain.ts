import type { Role } from '../../access/roles.ts';
import { DomainError, forbidden } from '../../platform/errors.ts';

/** A member of staff, as far as the rules of the team ask. */
export interface TeamMemberState {
  role: Role;
  active: boolean;
  /** Null while the invitation is open. */
  acceptedAt: Date | null;
}

export interface TeamChange {
  role: Role | null;
  active: boolean | null;
  treatsPatients: boolean | null;
}

/** How long an invitation can be accepted, days. */
export const invitationDays = 7;

/**
 * Holds the line between an owner and their deputy.
 *
 * @throws RequestError FORBIDDEN when an administrator touches an owner, or makes one
 * Source: domain.md, ADMIN "cannot change owners".
 */
export function assertMayTouch(actor: Role | null, current: Role | null, wanted: Role | null): void {
  if (actor === 'OWNER') return;
  if (current === 'OWNER' || wanted === 'OWNER') throw forbidden('change owners');
}

/** @throws DomainError INVALID_INPUT for PATIENT: a patient is invited from their record */
export function assertStaffRole(role: Role): void {
  if (role === 'PATIENT')
    throw new DomainError('INVALID_INPUT', 'Choose a role of the team. Invite patients from their record.', ['role']);
}

/**
 * Checks a change of a member, given how many active owners the clinic has.
 *
 * @throws DomainError INVALID_TRANSITION when it would leave the clinic without an owner, or switch on somebody whose
 * invitation is open; INVALID_INPUT when somebody other than an owner is to treat by `treatsPatients`
 */
export function assertLegalChange(member: TeamMemberState, change: TeamChange, activeOwners: number): void {
  const isOwner = member.role === 'OWNER' && member.active;
  const stopsBeingOwner = change.active === false || (change.role !== null && change.role !== 'OWNER');
  if (isOwner && stopsBeingOwner && activeOwners <= 1)
    throw new DomainError('INVALID_TRANSITION', 'A clinic needs an owner. Make somebody else an owner first.');
  if (member.acceptedAt === null && change.active === true)
    throw new DomainError('INVALID_TRANSITION', 'The invitation is still open. Send it again if it was lost.');
  const role = change.role ?? member.role;
  if (change.treatsPatients !== null && role !== 'OWNER')
    throw new DomainError('INVALID_INPUT', 'Only an owner can treat as well. Give the role of a doctor instead.', [
      'treatsPatients',
    ]);
}

/** Whether a member has a doctor's profile that can be booked after a change. */
export function treatsAfter(member: TeamMemberState, change: TeamChange, treatsNow: boolean): boolean {
  const role = change.role ?? member.role;
  const isActive = change.active ?? (member.active || member.acceptedAt === null);
  if (!isActive) return false;
  if (role === 'DOCTOR') return true;
  return role === 'OWNER' && (change.treatsPatients ?? treatsNow);
}
