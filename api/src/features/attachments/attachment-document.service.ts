import type { DocumentKind } from '../../access/documents.ts';
import { auditBeside } from '../audit/index.ts';
import { readers } from './attachment.permissions.ts';
import { attachmentById } from './attachment.queries.ts';

/**
 * A file as it was handed in, for saving: what somebody brought is never shown as a page of ours. Each opening by anybody
 * but the patient leaves a line, and one that cannot be written opens nothing.
 */
export const fileDocument: DocumentKind = {
  name: 'file',
  readers,
  async open(ctx, subjectId) {
    const found = await ctx.load(attachmentById, subjectId);
    if (found?.status !== 'READY' || found.storageKey === null) return null;
    const { fileName, contentType, storageKey, patientId } = found;
    if (ctx.signedIn.patientId !== patientId)
      await auditBeside(ctx, ctx, [{ action: 'attachment.open', subjectId, changes: { patientId } }]);
    return { fileName, contentType, isInline: false, body: await ctx.runtime.files.read(storageKey) };
  },
};
