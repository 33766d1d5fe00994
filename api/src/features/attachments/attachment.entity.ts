import { defineEntity, p } from '@mikro-orm/postgresql';
import type { AttachmentStatus, FileKind } from './attachment.domain.ts';

/** A file of a patient; its bytes lie in the file store under `storageKey`. */
export const AttachmentEntity = defineEntity({
  name: 'Attachment',
  tableName: 'attachment',
  properties: {
    id: p.uuid().primary(),
    clinicId: p.uuid(),
    patientId: p.uuid(),
    visitId: p.uuid().nullable(),
    fileName: p.text(),
    contentType: p.text().$type<FileKind>(),
    size: p.integer(),
    status: p.text().$type<AttachmentStatus>(),
    uploadedByUserId: p.uuid(),
    /** As they were called then: a patient does not see the members of a team. */
    uploadedByName: p.text(),
    createdAt: p.datetime(),
    /** Set with the bytes, like the two that follow. */
    arrivedAt: p.datetime().nullable(),
    storageKey: p.text().nullable(),
    sha256: p.text().nullable(),
    removedAt: p.datetime().nullable(),
    removedByUserId: p.uuid().nullable(),
    removalReason: p.text().nullable(),
  },
});
