import type { Ctx } from '../../access/ctx.ts';
import type { Connection } from '../../platform/graphql/connection.ts';
import type { PageArguments } from '../../platform/graphql/page.ts';
import { noteReading } from '../audit/index.ts';
import { attachmentById, attachmentsOfPatient, attachmentsOfVisit, type AttachmentRow } from './attachment.queries.ts';

/** What a file is called is clinical already: whoever is shown one has read of the patient. */
function noted<Rows extends readonly AttachmentRow[]>(ctx: Ctx, rows: Rows): Rows {
  for (const { status, patientId } of rows) if (status === 'READY') noteReading(ctx, patientId);
  return rows;
}

/** One file by its id; null when it is not there or not the caller's. */
export async function openAttachment(ctx: Ctx, id: string): Promise<AttachmentRow | null> {
  const found = await ctx.load(attachmentById, id);
  if (found !== null) noted(ctx, [found]);
  return found;
}

export const filesOfVisit = async (ctx: Ctx, visitId: string): Promise<AttachmentRow[]> =>
  noted(ctx, await ctx.load(attachmentsOfVisit, visitId));

export async function filesOfPatient(
  ctx: Ctx,
  patientId: string,
  args: PageArguments,
): Promise<Connection<AttachmentRow>> {
  const page = await ctx.load(attachmentsOfPatient, { parentId: patientId, args, filter: null });
  noted(ctx, page.nodes);
  return page;
}
