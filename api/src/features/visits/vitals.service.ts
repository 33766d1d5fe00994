import { DomainError, forbidden } from '../../platform/errors.ts';
import { checkInput } from '../../platform/input.ts';
import type { Ctx } from '../../access/ctx.ts';
import { vitalsRules } from './consultation.rules.ts';
import { visitLifecycle } from './visit.domain.ts';
import { VitalsEntity } from './visit.entity.ts';
import { changeVisit, touchVisit } from './visit-change.service.ts';
import { recordVisitStep } from './visit.events.ts';

const measures = ['temperature', 'systolic', 'diastolic', 'pulse', 'weight', 'height'] as const;

/**
 * Keeps a visit's vital signs. What is left out stays as it is; null clears.
 *
 * @throws RequestError FORBIDDEN for a doctor at another doctor's visit; DomainError INVALID_TRANSITION once the visit is
 *   over; InputRefused. Source: domain.md, recordVitals: nurse, doctor (own).
 */
export function recordVitals(ctx: Ctx, visitId: string, given: unknown): Promise<string> {
  const measured = checkInput(vitalsRules, given);
  return changeVisit(ctx, { id: visitId }, async (tx, { visit }) => {
    if (ctx.signedIn.role !== 'NURSE' && ctx.signedIn.doctorId !== visit.doctorId)
      throw forbidden("record vital signs at another doctor's visit");
    if (visitLifecycle.isFinal(visit.status))
      throw new DomainError('INVALID_TRANSITION', 'This visit is over. Vital signs belong to one that is open.');
    const { clinicId, doctorId, patientId } = visit;
    const vitals =
      (await tx.em.findOne(VitalsEntity, { visitId, clinicId })) ??
      tx.em.create(VitalsEntity, {
        visitId,
        clinicId,
        doctorId,
        patientId,
        temperature: null,
        systolic: null,
        diastolic: null,
        pulse: null,
        weight: null,
        height: null,
        recordedAt: tx.now,
      });
    Object.assign(
      vitals,
      Object.fromEntries(measures.flatMap((name) => (measured[name] === undefined ? [] : [[name, measured[name]]]))),
    );
    vitals.recordedAt = tx.now;
    touchVisit(tx, visit);
    // What was measured is clinical: the trail says that it was.
    recordVisitStep(tx, visit, { from: visit.status, action: 'vitals.record', changes: {} });
    return visit.id;
  });
}
