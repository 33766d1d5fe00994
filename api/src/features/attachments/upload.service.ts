import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import { inTransaction, type Transaction } from '../../platform/db/transaction.ts';
import { TooManyBytes, type ReceivedFile } from '../../platform/delivery/files.ts';
import type { Due } from '../../platform/due/due.ts';
import type { Ctx } from '../../access/ctx.ts';
import { passes } from '../../access/permissions.ts';
import { rolesOf } from '../../access/viewer.ts';
import { attachmentLifecycle, unsupported, type FileKind } from './attachment.domain.ts';
import { uploaders } from './attachment.permissions.ts';
import { attachmentById, type AttachmentRow } from './attachment.queries.ts';
import { lockedAttachment, uploadLink } from './attachment.service.ts';
import { assertContent } from './file-content.domain.ts';

/** The link leads nowhere: over, forged, of a session that has ended, or of a file that is gone. One answer for all. */
export class UploadOver extends Error {
  override readonly name = 'UploadOver';
}

/** What came with the bytes. Null for what was not said. */
export interface AnnouncedBytes {
  contentType: string | null;
  length: number | null;
}

/**
 * Takes the bytes of one file in. They are received beside the store, looked at, and only then kept and handed to the
 * patient; the same bytes once more change nothing, other bytes are refused.
 *
 * @throws UploadOver; DomainError UNSUPPORTED_FILE, INVALID_TRANSITION; Error when the sender goes away
 */
export async function receiveUpload(ctx: Ctx, token: string, announced: AnnouncedBytes, body: Readable): Promise<void> {
  const { place, system } = await openPlace(ctx, token);
  const { files } = ctx.runtime;
  assertAnnounced(place, announced);
  const received = await files.receive(body, place.size).catch((error: unknown) => {
    throw error instanceof TooManyBytes ? tooLarge() : error;
  });
  try {
    if (received.size !== place.size)
      throw unsupported('The file that came is shorter than the one that was announced. Send it again.');
    if (place.status === 'PENDING') await inspect(received, place.contentType);
    await handOver(system, place.id, received);
  } finally {
    await received.discard();
  }
}

let lastInspection: Promise<void> = Promise.resolve();

/** One after the other: each holds a whole file in memory. */
function inspect(received: ReceivedFile, kind: FileKind): Promise<void> {
  const inspection = lastInspection.then(async () => assertContent(await received.bytes(), kind));
  lastInspection = inspection.catch(() => undefined);
  return inspection;
}

const tooLarge = () => unsupported('The file that came is larger than the one that was announced. Send it again.');

/** As the app itself from here on: most who hand in may not read what they handed in. The session is named for it. */
async function openPlace(ctx: Ctx, token: string): Promise<{ place: AttachmentRow; system: Ctx }> {
  const claims = ctx.runtime.links.read(uploadLink, token);
  if (claims === null) throw new UploadOver();
  const viewer = await ctx.runtime.readSession(ctx, claims.askedBy);
  if (viewer?.clinicId !== claims.clinicId || !passes(uploaders, rolesOf(viewer))) throw new UploadOver();
  ctx.becomes(viewer);
  const system = ctx.asSystem(ctx.place, viewer.userId, ctx.actor);
  const place = await system.load(attachmentById, claims.subjectId);
  if (place === null || place.status === 'REMOVED') throw new UploadOver();
  return { place, system };
}

function assertAnnounced({ size, contentType }: AttachmentRow, announced: AnnouncedBytes): void {
  if (announced.length !== null && announced.length > size) throw tooLarge();
  const given = announced.contentType?.split(';')[0]?.trim().toLowerCase();
  if (given !== undefined && given !== contentType)
    throw unsupported('The file that came is of another kind than the one that was announced. Send it again.');
}

/** Each attempt has a key of its own, so that of two at once neither writes over the other. */
async function handOver(system: Ctx, id: string, received: ReceivedFile): Promise<void> {
  const { files } = system.runtime;
  const key = `${folderOf(system.clinicId, id)}/${randomBytes(16).toString('hex')}`;
  const { sha256 } = received;
  let isKept = false;
  try {
    await inTransaction(system, async (tx) => {
      const attachment = await lockedAttachment(tx, id);
      if (attachment === null || attachment.status === 'REMOVED') throw new UploadOver();
      if (attachment.status === 'READY' && attachment.sha256 === sha256) throw new SameAgain();
      attachment.status = attachmentLifecycle.move(attachment.status, 'ARRIVE');
      // Under the row's lock: nobody else is keeping bytes for it, and a second try of this work finds them kept.
      if (!isKept) await files.keep(received, key);
      isKept = true;
      attachment.arrivedAt = tx.now;
      attachment.storageKey = key;
      attachment.sha256 = sha256;
      tx.audit({
        action: 'attachment.add',
        subjectId: id,
        changes: { patientId: attachment.patientId, status: ['PENDING', 'READY'] },
      });
    });
  } catch (error) {
    // What was kept stays, should a commit be in doubt: the sweep removes what no row names.
    if (!(error instanceof SameAgain)) throw error;
  }
}

class SameAgain extends Error {}

/** All that was ever kept for one file lies here. */
const folderOf = (clinicId: string, id: string): string => `${clinicId}/${id}`;

/**
 * Ends the time that a file had to arrive: without its bytes the row goes. Either way nothing stays in the store that no
 * row names, such as what a process kept before it died.
 */
export async function sweepUpload(ctx: Ctx, tx: Transaction, { subjectId }: Due): Promise<void> {
  const attachment = await lockedAttachment(tx, subjectId);
  const kept = attachment?.storageKey ?? undefined;
  await ctx.runtime.files.clear(folderOf(ctx.clinicId, subjectId), kept);
  if (attachment?.status === 'PENDING') tx.em.remove(attachment);
}
