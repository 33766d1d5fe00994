import type { z } from 'zod';
import type { Transaction } from '../../platform/db/transaction.ts';
import { DomainError, forbidden } from '../../platform/errors.ts';
import { defineIdKind } from '../../platform/ids.ts';
import { checkInput } from '../../platform/input.ts';
import { dayOf, sinceWords } from '../../platform/zone.ts';
import type { Ctx } from '../../access/ctx.ts';
import { appointmentLifecycle, ownClinic, recordStep, touch, type AppointmentRecord } from '../appointments/index.ts';
import { addendumRules, consultationRules } from './consultation.rules.ts';
import type { StoredEyeExam, StoredEyeFindings } from './eye-exam.domain.ts';
import { takeVisitStep } from './visit.domain.ts';
import { AddendumEntity, ConsultationEntity, type Consultation, type Visit } from './visit.entity.ts';
import { changeVisit, touchVisit, visitCircumstances } from './visit-change.service.ts';
import { recordVisitStep } from './visit.events.ts';
import { lockNotes } from './visit.queries.ts';

const addendumId = defineIdKind('Addendum', 0xa24);

type Written = z.output<typeof consultationRules>;

/** What is left out stays as it is; null clears. */
export interface NotesRequest {
  visitId: string;
  /** Of the notes as last read; null when there were none. */
  version: number | null;
}

/**
 * Saves what the treating doctor writes. Again and again until the consultation is completed.
 *
 * @throws RequestError FORBIDDEN for anybody but the treating doctor; DomainError CONFLICT when the notes were saved
 *   elsewhere since, so that no word is lost; INVALID_TRANSITION before the consultation began or after it was completed;
 *   InputRefused. Source: domain.md, Consultation.
 */
export function recordConsultation(ctx: Ctx, request: NotesRequest, given: unknown): Promise<string> {
  const written = checkInput(consultationRules, given);
  return changeVisit(ctx, { id: request.visitId }, async (tx, { visit }) => {
    assertTreating(ctx, visit);
    if (visit.startedAt == null)
      throw new DomainError('INVALID_TRANSITION', 'The consultation has not begun. Start it first.');
    const notes = await writeNotes(ctx, tx, visit, { written, version: request.version });
    touchVisit(tx, visit);
    recordVisitStep(tx, visit, {
      from: visit.status,
      action: 'consultation.write',
      changes: { version: notes.version },
    });
    return visit.id;
  });
}

function assertTreating(ctx: Ctx, visit: Visit): void {
  if (ctx.signedIn.doctorId !== visit.doctorId) throw forbidden('write in a consultation of another doctor');
}

async function writeNotes(
  ctx: Ctx,
  tx: Transaction,
  visit: Visit,
  { written, version }: { written: Partial<Written>; version: number | null },
): Promise<Consultation> {
  const { id: visitId, clinicId, doctorId, patientId } = visit;
  const found = await tx.em.findOne(ConsultationEntity, { visitId, clinicId });
  if (found?.lockedAt != null)
    throw new DomainError('INVALID_TRANSITION', 'These notes are locked. Write an addendum instead.');
  if ((found?.version ?? null) !== version) throw changedSince(ctx, visit, found);
  const notes =
    found ??
    tx.em.create(ConsultationEntity, {
      visitId,
      clinicId,
      doctorId,
      patientId,
      symptoms: null,
      diagnosis: null,
      notes: null,
      eyeExam: null,
      lockedAt: null,
      updatedAt: tx.now,
      version: 0,
    });
  if (written.symptoms !== undefined) notes.symptoms = written.symptoms;
  if (written.diagnosis !== undefined) notes.diagnosis = written.diagnosis;
  if (written.notes !== undefined) notes.notes = written.notes;
  if (written.eyeExam !== undefined) notes.eyeExam = written.eyeExam === null ? null : stored(written.eyeExam);
  notes.updatedAt = tx.now;
  notes.version += 1;
  await tx.em.flush();
  return notes;
}

function changedSince(ctx: Ctx, { id }: Visit, found: Consultation | null): DomainError {
  const when = found === null ? '' : ` ${sinceWords(found.updatedAt, ctx.clock.now(), ctx.signedIn.timeZone)}`;
  return new DomainError(
    'CONFLICT',
    `These notes were saved in another window${when}. Look at both, then keep what you want.`,
    null,
    { visitId: id },
  );
}

const stored = ({ right, left, pupillaryDistanceMm }: NonNullable<Written['eyeExam']>): StoredEyeExam => ({
  right: findings(right),
  left: findings(left),
  pupillaryDistanceMm: pupillaryDistanceMm ?? null,
});

const findings = (eye: NonNullable<Written['eyeExam']>['right']): StoredEyeFindings => ({
  visualAcuity: eye.visualAcuity ?? null,
  sphere: eye.sphere ?? null,
  cylinder: eye.cylinder ?? null,
  axis: eye.axis ?? null,
  addition: eye.addition ?? null,
  intraocularPressure: eye.intraocularPressure ?? null,
});

export interface CompletionRequest extends NotesRequest {
  /** Replaces the notes; they stay when left out. */
  notes?: string | null;
  /** A clinic day after today. */
  followUpOn: string | null;
}

/**
 * IN_PROGRESS → COMPLETED by the treating doctor alone: the notes are locked, the front desk is told, and where the clinic
 * closes treatments on completion the appointment is TREATED in the same transaction.
 *
 * @throws RequestError FORBIDDEN; DomainError INVALID_TRANSITION, INVALID_INPUT, CONFLICT. Source: domain.md V5, A11.
 */
export async function completeConsultation(ctx: Ctx, request: CompletionRequest): Promise<string> {
  const { closeOutPolicy } = await ownClinic(ctx);
  const { notes } = checkInput(consultationRules.pick({ notes: true }), { notes: request.notes });
  const today = dayOf(ctx.clock.now(), ctx.signedIn.timeZone);
  if (request.followUpOn !== null && request.followUpOn <= today)
    throw new DomainError('INVALID_INPUT', 'Choose a day after today for the follow-up.', ['followUpOn']);
  return changeVisit(ctx, { id: request.visitId }, async (tx, changing) => {
    const { visit, state } = changing;
    const from = visit.status;
    const next = takeVisitStep(state, 'COMPLETE', visitCircumstances(ctx, tx.now));
    // There is always something to add an addendum to.
    if (notes !== undefined || !state.hasClinical)
      await writeNotes(ctx, tx, visit, { written: notes === undefined ? {} : { notes }, version: request.version });
    else if (request.version !== null) await assertLatest(ctx, tx, visit, request.version);
    visit.status = next;
    visit.completedAt = tx.now;
    visit.followUpOn = request.followUpOn;
    touchVisit(tx, visit);
    await tx.em.flush();
    await tx.rows(lockNotes(visit.id, tx.now));
    recordVisitStep(tx, visit, { from, action: 'visit.complete', changes: { followUpOn: [null, request.followUpOn] } });
    if (closeOutPolicy === 'ON_CONSULTATION_COMPLETED') closeTreatment(tx, changing.appointment);
    return visit.id;
  });
}

async function assertLatest(ctx: Ctx, tx: Transaction, visit: Visit, version: number): Promise<void> {
  const found = await tx.em.findOne(ConsultationEntity, { visitId: visit.id, clinicId: visit.clinicId });
  if (found?.version !== version) throw changedSince(ctx, visit, found);
}

/** CHECKED_IN → TREATED: it is history, and its patient is told. Source: domain.md A11. */
export function closeTreatment(tx: Transaction, appointment: AppointmentRecord): void {
  const from = appointment.status;
  appointment.status = appointmentLifecycle.move(from, 'MARK_TREATED');
  appointment.holdsSlot = false;
  touch(tx, appointment);
  recordStep(tx, appointment, { type: 'TREATED', from, note: null, action: 'appointment.treated' });
}

/**
 * Adds to locked notes; what was written stays as it is.
 *
 * @throws RequestError FORBIDDEN; DomainError INVALID_TRANSITION while the notes can still be written; InputRefused
 */
export function addAddendum(ctx: Ctx, visitId: string, given: string): Promise<string> {
  const { text } = checkInput(addendumRules, { text: given });
  return changeVisit(ctx, { id: visitId }, async (tx, { visit }) => {
    assertTreating(ctx, visit);
    const { clinicId, doctorId, patientId } = visit;
    const notes = await tx.em.findOne(ConsultationEntity, { visitId, clinicId });
    if (notes?.lockedAt == null)
      throw new DomainError('INVALID_TRANSITION', 'These notes are not locked yet. Write in the notes themselves.');
    tx.em.create(AddendumEntity, {
      id: addendumId.make(tx.now),
      clinicId,
      visitId,
      doctorId,
      patientId,
      text,
      authorUserId: ctx.signedIn.userId,
      createdAt: tx.now,
    });
    touchVisit(tx, visit);
    recordVisitStep(tx, visit, { from: visit.status, action: 'consultation.add', changes: {} });
    return visit.id;
  });
}
