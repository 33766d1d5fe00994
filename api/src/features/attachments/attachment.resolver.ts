import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { Connection } from '../../platform/graphql/connection.ts';
import { ForwardArgs, pagingOf } from '../../platform/graphql/page-args.ts';
import { outcomeOf } from '../../platform/graphql/payload.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { documentUrl } from '../../access/documents.ts';
import { noteWriting } from '../audit/index.ts';
import { Patient, patientById, patientId, type PatientRow } from '../patients/index.ts';
import { Visit, visitById, visitId, type VisitRow } from '../visits/index.ts';
import { fileDocument } from './attachment-document.service.ts';
import { filesOfPatient, filesOfVisit } from './attachment-reading.ts';
import { attachmentById, type AttachmentRow } from './attachment.queries.ts';
import { attachmentId, createUpload, removeAttachment, uploadUrl } from './attachment.service.ts';
import {
  Attachment,
  AttachmentConnection,
  AttachmentPayload,
  CreateUploadInput,
  UploadPayload,
} from './attachment.type.ts';

@Resolver(() => Attachment)
export class AttachmentResolver {
  @Mutation(() => UploadPayload, {
    nullable: true,
    description: 'A place to PUT one file; the file belongs to the patient once it is there.',
  })
  async createUpload(
    @Ctx() ctx: Context,
    @Arg('input', () => CreateUploadInput) input: CreateUploadInput,
  ): Promise<UploadPayload> {
    const request = {
      ...input,
      patientId: patientId.parse(input.patientId, ['input', 'patientId']),
      visitId: input.visitId == null ? null : visitId.parse(input.visitId, ['input', 'visitId']),
    };
    const { result, refusal } = await outcomeOf(() => createUpload(ctx, request));
    ctx.forget();
    if (refusal !== null) return { attachment: null, uploadUrl: null, userErrors: refusal.userErrors };
    noteWriting(ctx, request.patientId);
    return { attachment: await ctx.load(attachmentById, result), uploadUrl: uploadUrl(ctx, result), userErrors: [] };
  }

  @Mutation(() => AttachmentPayload, {
    nullable: true,
    description: 'Filed under the wrong patient: gone from the record, kept for audit.',
  })
  async removeAttachment(
    @Ctx() ctx: Context,
    @Arg('id', () => ID) id: string,
    @Arg('reason', () => String, { description: 'At most 500 characters.' }) reason: string,
  ): Promise<AttachmentPayload> {
    const { refusal } = await outcomeOf(() => removeAttachment(ctx, attachmentId.parse(id, ['id']), reason));
    ctx.forget();
    return { attachment: null, userErrors: refusal?.userErrors ?? [] };
  }

  @FieldResolver()
  url(@Root() attachment: AttachmentRow, @Ctx() ctx: Context): string {
    return documentUrl(ctx, fileDocument, attachment.id);
  }

  // The members of a team a patient does not see: the name as it was when the file was handed in.
  @FieldResolver()
  uploadedBy(@Root() attachment: AttachmentRow): { id: string; name: string } {
    return { id: attachment.uploadedByUserId, name: attachment.uploadedByName };
  }

  @FieldResolver()
  patient(@Root() attachment: AttachmentRow, @Ctx() ctx: Context): Promise<PatientRow | null> {
    return ctx.load(patientById, attachment.patientId);
  }

  @FieldResolver()
  visit(@Root() attachment: AttachmentRow, @Ctx() ctx: Context): Promise<VisitRow | null> | null {
    return attachment.visitId === null ? null : ctx.load(visitById, attachment.visitId);
  }
}

@Resolver(() => Visit)
export class VisitAttachmentsResolver {
  @FieldResolver(() => [Attachment], {
    nullable: true,
    description: 'Clinical: doctors whose patient it is, nurses, and the patient. Newest first, 100 at most.',
  })
  attachments(@Root() visit: VisitRow, @Ctx() ctx: Context): Promise<AttachmentRow[]> {
    return filesOfVisit(ctx, visit.id);
  }
}

@Resolver(() => Patient)
export class PatientAttachmentsResolver {
  @FieldResolver(() => AttachmentConnection, {
    nullable: true,
    description: 'Clinical: doctors who treat the patient, nurses, and the patient. Newest first.',
  })
  attachments(
    @Root() patient: PatientRow,
    @Ctx() ctx: Context,
    @Args(() => ForwardArgs) args: ForwardArgs,
  ): Promise<Connection<AttachmentRow>> {
    return filesOfPatient(ctx, patient.id, pagingOf(args));
  }
}
