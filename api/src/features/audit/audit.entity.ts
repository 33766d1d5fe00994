import { defineEntity, p } from '@mikro-orm/postgresql';

export const AuditEntryEntity = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_entry',
  properties: {
    id: p.uuid().primary(),
    clinicId: p.uuid(),
    at: p.datetime(),
    actorUserId: p.uuid().nullable(),
    actorName: p.text(),
    role: p.text().nullable(),
    action: p.text(),
    subjectId: p.uuid().nullable(),
    changes: p.json<Record<string, unknown>>().nullable(),
    ipAddress: p.text().nullable(),
  },
});
