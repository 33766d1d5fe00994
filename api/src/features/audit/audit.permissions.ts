import { allow, permissions } from '../../access/permissions.ts';
import { MANAGEMENT } from '../../access/roles.ts';

export const auditPermissions = permissions(
  allow(MANAGEMENT).ask('auditLog'),
  allow(['OWNER']).ask('verifyAuditLog'),
  allow(['OWNER']).read('AuditVerification', ['intact', 'checkedCount', 'brokenAt']),
  // A patient meets them in the log of their own record; whose entries, and how much of them, the database decides.
  allow([...MANAGEMENT, 'PATIENT']).readList('AuditEntry'),
  allow([...MANAGEMENT, 'PATIENT']).read('AuditEntry', [
    'id',
    'at',
    'actor',
    'actorName',
    'role',
    'action',
    'subjectId',
    'changes',
    'ipAddress',
  ]),
);
