export { AuditEntryEntity } from './audit.entity.ts';
export { auditPermissions } from './audit.permissions.ts';
export { auditColumns, auditEntryById, entryPosition, newestEntriesFirst, type AuditRow } from './audit.queries.ts';
export { AuditResolver } from './audit.resolver.ts';
export { auditBeside, noteReading, noteWriting, settleAudit, writeAuditTrail } from './audit-trail.service.ts';
export { AuditEntry, AuditEntryConnection } from './audit.type.ts';
