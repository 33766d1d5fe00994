export { AttachmentEntity } from './attachment.entity.ts';
export { attachmentLifecycle } from './attachment.domain.ts';
export { attachmentPermissions } from './attachment.permissions.ts';
export { fileDocument } from './attachment-document.service.ts';
export { openAttachment } from './attachment-reading.ts';
export { AttachmentResolver, PatientAttachmentsResolver, VisitAttachmentsResolver } from './attachment.resolver.ts';
export { attachmentDue, attachmentsOfRecords } from './attachment.service.ts';
export { receiveUpload, sweepUpload, UploadOver } from './upload.service.ts';
