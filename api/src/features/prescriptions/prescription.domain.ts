import { DomainError } from '../../platform/errors.ts';
import { momentWords } from '../../platform/zone.ts';
import type { Role } from '../../access/roles.ts';
import {
  activeCourse,
  allergiesAgainst,
  isSameMedication,
  type EarlierPrescription,
  type PrescribedItem,
} from './medication.domain.ts';

/**
 * During or after the consultation.
 *
 * @throws DomainError INVALID_TRANSITION. Source: domain.md, "A prescription is written during or after the consultation".
 */
export function assertMayPrescribe(visit: { status: string }): void {
  if (visit.status === 'IN_PROGRESS' || visit.status === 'COMPLETED') return;
  throw new DomainError(
    'INVALID_TRANSITION',
    visit.status === 'LEFT'
      ? 'This visit was closed without the doctor. Prescribe in one that was completed.'
      : 'The consultation has not begun. Start it first, then prescribe.',
  );
}

/** @throws DomainError INVALID_TRANSITION. Source: domain.md, "never edited: voided with a reason and written anew". */
export function assertMayVoid(prescription: { voidedAt?: Date | null }): void {
  if (prescription.voidedAt != null)
    throw new DomainError('INVALID_TRANSITION', 'This prescription is void already. Write a new one instead.');
}

export interface KnownOfPatient {
  allergies: readonly string[];
  /** What was prescribed before and not voided. */
  earlier: readonly EarlierPrescription[];
}

/**
 * What the doctor should look at before signing, one sentence each: allergies that were noted, what the patient is taking
 * already, and what stands in the prescription twice. Source: domain.md, "Before signing".
 */
export function warningsFor(
  items: readonly PrescribedItem[],
  { allergies, earlier }: KnownOfPatient,
  { now, timeZone }: { now: Date; timeZone: string },
): string[] {
  const warnings = items.flatMap(({ medication }, index) => {
    const found = allergiesAgainst(medication, allergies).map(
      (allergy) => `${medication}: the patient is noted as allergic to ${allergy}.`,
    );
    const course = activeCourse(medication, earlier, now);
    if (course !== null) {
      const [until] = momentWords(course.until, timeZone).split(' at ');
      found.push(`${medication}: the patient takes ${course.medication} already, until ${until}.`);
    }
    if (items.slice(0, index).some((before) => isSameMedication(before.medication, medication)))
      found.push(`${medication}: it stands in this prescription twice.`);
    return found;
  });
  return [...new Set(warnings)];
}

/**
 * Whether somebody who reads a prescription reads the overridden warnings on it: they name allergies, which the front desk
 * and the office do not read. Source: domain.md, Roles.
 */
export function readsWarnings(
  prescription: { doctorId: string },
  { role, doctorId }: { role: Role; doctorId: string | null },
): boolean {
  return role === 'DOCTOR' || role === 'NURSE' || role === 'PATIENT' || doctorId === prescription.doctorId;
}
