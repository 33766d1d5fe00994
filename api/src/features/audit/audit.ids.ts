import { defineIdKind } from '../../platform/ids.ts';

export const auditEntryId = defineIdKind('AuditEntry', 0xa7d);
