import { allow, permissions } from '../../access/permissions.ts';
import type { Role } from '../../access/roles.ts';

/** Source: domain.md, "createUpload, removeAttachment". An owner or admin who treats acts as the doctor they are. */
export const uploaders: readonly Role[] = ['DOCTOR', 'NURSE', 'RECEPTIONIST', 'PATIENT'];

/** Clinical, like what the doctor wrote. */
export const readers: readonly Role[] = ['DOCTOR', 'NURSE', 'PATIENT'];

export const attachmentPermissions = permissions(
  allow(readers).read('Patient', ['attachments']),
  allow(readers).read('Visit', ['attachments']),
  allow(readers).readList('Attachment'),
  // The front desk sees what it begins to hand in, in the answer to that; whose rows, the database decides.
  allow(uploaders).read('Attachment', [
    'id',
    'fileName',
    'contentType',
    'size',
    'url',
    'uploadedBy',
    'patient',
    'visit',
    'createdAt',
  ]),
  allow(uploaders).read('UploadPayload', ['attachment', 'uploadUrl', 'userErrors']),
  allow(uploaders).call('createUpload'),
  allow(['DOCTOR', 'NURSE']).read('AttachmentPayload', ['attachment', 'userErrors']),
  allow(['DOCTOR', 'NURSE']).call('removeAttachment'),
);
