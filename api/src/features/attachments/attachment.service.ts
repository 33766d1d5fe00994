import { LockMode } from '@mikro-orm/postgresql';
import { inTransaction, lockInOrder, Overtaken, type Transaction } from '../../platform/db/transaction.ts';
import { schedule } from '../../platform/due/due.ts';
import { forbidden, notFound } from '../../platform/errors.ts';
import { defineIdKind } from '../../platform/ids.ts';
import { checkInput } from '../../platform/input.ts';
import type { Limit } from '../../platform/rate-limits.ts';
import type { Ctx } from '../../access/ctx.ts';
import { rolesOf } from '../../access/viewer.ts';
import { assertRecordOpen, patientById, type PatientBelongings } from '../patients/index.ts';
import { visitById } from '../visits/index.ts';
import {
  assertTaken,
  attachmentLifecycle,
  fileNameOf,
  mayRemove,
  sweepMinutes,
  uploadMinutes,
} from './attachment.domain.ts';
import { AttachmentEntity } from './attachment.entity.ts';
import { attachmentById, moveAttachments, patientsWithAttachments } from './attachment.queries.ts';
import { removalRules } from './attachment.rules.ts';

export const attachmentId = defineIdKind('Attachment', 0xa09);

/** What falls due: a place for a file has had its time. */
export const attachmentDue = { SWEEP: 'ATTACHMENT_SWEEP' } as const;

/** Part of the signed address that bytes are sent to. */
export const uploadLink = 'upload';

const minuteMs = 60_000;

/** A stack of scans, again and again; a place costs a row until it is swept. */
const uploadLimit = { name: 'upload', tries: 200, minutes: 15 } as const satisfies Limit;

export interface UploadRequest {
  patientId: string;
  visitId: string | null;
  fileName: string;
  contentType: string;
  /** Bytes. */
  size: number;
}

/**
 * Makes a place for one file of a patient: it belongs to the patient once its bytes are there, and is swept after an hour
 * without them.
 *
 * @throws RequestError NOT_FOUND for a patient or visit that is not there or not the caller's; FORBIDDEN for a doctor at
 *   a colleague's visit; RATE_LIMITED; DomainError UNSUPPORTED_FILE, INVALID_INPUT. Source: domain.md, createUpload
 */
export async function createUpload(ctx: Ctx, request: UploadRequest): Promise<string> {
  const { contentType, size } = request;
  assertTaken(contentType, size);
  const fileName = fileNameOf(request.fileName, contentType);
  const { userId, name, clinicId } = ctx.signedIn;
  await assertOwn(ctx, request);
  await ctx.runtime.limits.take(uploadLimit, userId);
  return inTransaction(ctx, async (tx) => {
    await lockInOrder(tx, [request.patientId]);
    await assertRecordOpen(tx, clinicId, request.patientId);
    const attachment = tx.em.create(AttachmentEntity, {
      id: attachmentId.make(tx.now),
      clinicId,
      patientId: request.patientId,
      visitId: request.visitId,
      fileName,
      contentType,
      size,
      status: attachmentLifecycle.create('CREATE'),
      uploadedByUserId: userId,
      uploadedByName: name,
      createdAt: tx.now,
      arrivedAt: null,
      storageKey: null,
      sha256: null,
      removedAt: null,
      removedByUserId: null,
      removalReason: null,
    });
    const dueAt = new Date(tx.now.getTime() + sweepMinutes * minuteMs);
    await schedule(tx, { kind: attachmentDue.SWEEP, subjectId: attachment.id, dueAt });
    // What a file is called is nothing for the trail: people write names and findings there.
    tx.audit({
      action: 'attachment.announce',
      subjectId: attachment.id,
      changes: { ...whose(request), contentType, size },
    });
    return attachment.id;
  });
}

const whose = ({ patientId, visitId }: { patientId: string; visitId?: string | null | undefined }) => ({
  patientId,
  ...(visitId == null ? {} : { visitId }),
});

async function assertOwn(ctx: Ctx, { patientId, visitId }: UploadRequest): Promise<void> {
  const { role, doctorId } = ctx.signedIn;
  const [patient, visit] = await Promise.all([
    ctx.load(patientById, patientId),
    visitId === null ? null : ctx.load(visitById, visitId),
  ]);
  if (patient === null) throw notFound();
  if (visitId === null) return;
  if (visit?.patientId !== patientId) throw notFound();
  // A doctor, or an owner who treats and acts as one.
  const asDoctor = !['NURSE', 'RECEPTIONIST', 'PATIENT'].includes(role);
  if (asDoctor && visit.doctorId !== doctorId) throw forbidden("add a file to another doctor's visit");
}

/** Where to send the bytes: for minutes, and as long as the session of whoever asked lasts. */
export function uploadUrl(ctx: Ctx, id: string): string {
  const { clinicId, sessionId } = ctx.signedIn;
  const claims = { kind: uploadLink, clinicId, subjectId: id, askedBy: sessionId };
  return `${ctx.runtime.settings.publicUrl}/uploads/${ctx.runtime.links.sign(claims, uploadMinutes)}`;
}

/**
 * Takes a file out of a patient's record: nobody sees it from then on. The row, the reason and the bytes are kept.
 *
 * @returns the patient it was filed under
 * @throws RequestError NOT_FOUND, FORBIDDEN for a file of a colleague's visit; InputRefused without a reason
 */
export async function removeAttachment(ctx: Ctx, id: string, given: string): Promise<string> {
  const { reason } = checkInput(removalRules, { reason: given });
  const found = await ctx.load(attachmentById, id);
  if (found?.status !== 'READY') throw notFound();
  const visit = found.visitId === null ? null : await ctx.load(visitById, found.visitId);
  const { userId, doctorId } = ctx.signedIn;
  const circumstances = {
    roles: rolesOf(ctx.signedIn),
    userId,
    doctorId,
    uploadedByUserId: found.uploadedByUserId,
    visitDoctorId: visit?.doctorId ?? null,
  };
  if (!mayRemove(circumstances)) throw forbidden("remove a file from another doctor's visit");
  // Whoever removes it does not see it any more: what they may not read they cannot write.
  return inTransaction(ctx.asSystem(ctx.place, userId, ctx.actor), async (tx) => {
    await lockInOrder(tx, [found.patientId]);
    const attachment = await lockedAttachment(tx, id);
    if (attachment === null) throw notFound();
    if (attachment.patientId !== found.patientId) throw new Overtaken();
    attachment.status = attachmentLifecycle.move(attachment.status, 'REMOVE');
    attachment.removedAt = tx.now;
    attachment.removedByUserId = userId;
    attachment.removalReason = reason;
    tx.audit({
      action: 'attachment.remove',
      subjectId: id,
      changes: { ...whose(attachment), status: ['READY', 'REMOVED'] },
    });
    return attachment.patientId;
  });
}

/** As the app itself: the row as it is now, until the transaction ends. */
export const lockedAttachment = (tx: Transaction, id: string) =>
  tx.em.findOne(AttachmentEntity, { id, clinicId: tx.tenant.clinicId ?? '' }, { lockMode: LockMode.PESSIMISTIC_WRITE });

/** Files go with the patient when two records become one. */
export const attachmentsOfRecords: PatientBelongings = {
  name: 'files',

  async move(tx, { clinicId, keepId, mergeId }) {
    return (await tx.rows(moveAttachments(clinicId, { fromPatient: mergeId, toPatient: keepId }))).length;
  },

  async holders(tx, clinicId, patientIds) {
    return (await tx.rows(patientsWithAttachments(clinicId, patientIds))).map((row) => row.patientId);
  },
};
