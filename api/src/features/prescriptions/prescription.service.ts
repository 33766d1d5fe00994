import { inTransaction, lockInOrder } from '../../platform/db/transaction.ts';
import { DomainError, forbidden, notFound } from '../../platform/errors.ts';
import { defineIdKind } from '../../platform/ids.ts';
import { checkInput } from '../../platform/input.ts';
import type { Ctx } from '../../access/ctx.ts';
import { allergiesOf } from '../patients/index.ts';
import { changeVisit } from '../visits/index.ts';
import { favouritesAmong, type Favourite } from './favourites.domain.ts';
import { longestCourseDays } from './medication.domain.ts';
import { assertMayPrescribe, assertMayVoid, warningsFor } from './prescription.domain.ts';
import { PrescriptionEntity } from './prescription.entity.ts';
import { recordPrescription } from './prescription.events.ts';
import { latelyPrescribedBy, placeOfPrescription, prescribedSince } from './prescription.queries.ts';
import { prescriptionRules, voidRules } from './prescription.rules.ts';

export const prescriptionId = defineIdKind('Prescription', 0xa08);

const dayMs = 24 * 60 * 60 * 1_000;

export interface Prescribing {
  visitId: string;
  /** Signs in spite of the warnings. */
  overrideWarnings: boolean;
}

/**
 * Signs a prescription. The patient is locked, so that of two that are signed at once the later one sees the earlier.
 *
 * @returns its id
 * @throws RequestError FORBIDDEN for anybody but the treating doctor; DomainError WARNINGS_PENDING with `warnings` in its
 *   details while there are some that are not overridden, INVALID_TRANSITION; InputRefused. Source: domain.md, Consultation.
 */
export function createPrescription(
  ctx: Ctx,
  { visitId, overrideWarnings }: Prescribing,
  given: unknown,
): Promise<string> {
  const { items, instructions } = checkInput(prescriptionRules, given);
  return changeVisit(ctx, { id: visitId }, async (tx, { visit }) => {
    if (ctx.signedIn.doctorId !== visit.doctorId) throw forbidden('prescribe at a visit to another doctor');
    assertMayPrescribe(visit);
    const { clinicId, doctorId, patientId, appointmentId } = visit;
    const longestAgo = new Date(tx.now.getTime() - longestCourseDays * dayMs);
    const [noted] = await tx.rows(allergiesOf(clinicId, patientId));
    const earlier = await tx.rows(prescribedSince(clinicId, patientId, longestAgo));
    const at = { now: tx.now, timeZone: ctx.signedIn.timeZone };
    const warnings = warningsFor(items, { allergies: noted?.allergies ?? [], earlier }, at);
    if (warnings.length > 0 && !overrideWarnings) throw warningsPending(warnings);
    const prescription = tx.em.create(PrescriptionEntity, {
      id: prescriptionId.make(tx.now),
      clinicId,
      visitId,
      doctorId,
      patientId,
      items,
      instructions,
      overriddenWarnings: warnings,
      createdAt: tx.now,
      voidedAt: null,
      voidReason: null,
    });
    const changes = { items: items.length, overriddenWarnings: warnings.length };
    recordPrescription(tx, prescription, { type: 'CREATED', appointmentId, changes });
    return prescription.id;
  });
}

const warningsPending = (warnings: readonly string[]): DomainError =>
  new DomainError(
    'WARNINGS_PENDING',
    'Look at the warnings first. Change the prescription, or sign it in spite of them.',
    null,
    { warnings },
  );

/**
 * Makes a prescription void, for good. It stays on record, with the reason.
 *
 * @throws RequestError NOT_FOUND; FORBIDDEN for anybody but the doctor who wrote it; DomainError INVALID_TRANSITION when it
 *   is void already; InputRefused without a reason
 */
export function voidPrescription(ctx: Ctx, id: string, given: string): Promise<string> {
  const { reason } = checkInput(voidRules, { reason: given });
  return inTransaction(ctx, async (tx) => {
    const [place] = await tx.rows(placeOfPrescription(ctx.clinicId, id));
    if (place === undefined) throw notFound();
    if (ctx.signedIn.doctorId !== place.doctorId) throw forbidden('void a prescription of another doctor');
    // The same lock as for writing one: what is void by now warns of nothing.
    await lockInOrder(tx, [place.doctorId, place.patientId]);
    const prescription = await tx.em.findOneOrFail(PrescriptionEntity, { id, clinicId: ctx.clinicId });
    assertMayVoid(prescription);
    prescription.voidedAt = tx.now;
    prescription.voidReason = reason;
    const { appointmentId } = place;
    recordPrescription(tx, prescription, { type: 'VOIDED', appointmentId, changes: {} });
    return id;
  });
}

const mostFavourites = 50;

/** What the caller prescribes again and again, as a doctor; see favouritesAmong. Nothing for whoever is none. */
export async function favouriteMedications(
  ctx: Ctx,
  { search, first }: { search: string; first: number },
): Promise<Favourite[]> {
  const { clinicId, doctorId } = ctx.signedIn;
  if (doctorId === null) return [];
  const lately = await ctx.rows(latelyPrescribedBy(clinicId, doctorId));
  const count = Math.min(Math.max(first, 0), mostFavourites);
  return favouritesAmong(lately, { search: search.slice(0, 200), first: count, now: ctx.clock.now() });
}
