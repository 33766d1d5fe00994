import { queryBuilder } from '../../platform/db/query-builder.ts';
import type { Transaction } from '../../platform/db/transaction.ts';
import { defineIdKind } from '../../platform/ids.ts';
import type { AuditEntryEntity } from './audit.entity.ts';

const auditEntryId = defineIdKind('AuditEntry', 0xa7d);
const table = queryBuilder<typeof AuditEntryEntity>();

export const insertAuditEntries = (clinicId: string, tx: Transaction) =>
  table.insertInto('audit_entry').values(
    tx.auditNotes.map((note) => ({
      id: auditEntryId.make(tx.now),
      clinicId,
      at: tx.now,
      actorUserId: tx.actor.userId,
      actorName: tx.actor.name,
      role: tx.actor.role,
      action: note.action,
      subjectId: note.subjectId,
      changes: note.changes ?? null,
      ipAddress: tx.actor.ipAddress,
    })),
  );
