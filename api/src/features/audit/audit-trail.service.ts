import { inTransaction, type Actor, type AuditNote, type Transaction } from '../../platform/db/transaction.ts';
import type { Tenant } from '../../platform/db/tenant.ts';
import type { Ctx } from '../../access/ctx.ts';
import { actorOf, tenantOf, type Viewer } from '../../access/viewer.ts';
import { insertAuditEntries } from './audit.queries.ts';
import { refusalNote, type AnsweredOperation } from './audit-refusal.ts';

/** Writes down who did what, in the transaction that did it. */
export async function writeAuditTrail(tx: Transaction): Promise<void> {
  const { clinicId } = tx.tenant;
  if (clinicId === null || tx.auditNotes.length === 0) return;
  await tx.rows(insertAuditEntries(clinicId, tx));
}

/**
 * Writes down what no use case's transaction can: that somebody was refused, or read. It is no part of the request's
 * effect, so it leaves an Idempotency-Key alone.
 */
export async function auditBeside(
  ctx: Ctx,
  { tenant, actor }: { tenant: Tenant; actor: Actor },
  notes: readonly AuditNote[],
): Promise<void> {
  const { db, realClock, beforeCommit, makeFactId } = ctx;
  await inTransaction({ db, realClock, beforeCommit, makeFactId, tenant, actor, once: null }, (tx) => {
    for (const note of notes) tx.audit(note);
    return Promise.resolve();
  });
}

/** What one operation has to answer for. */
class Ledger {
  /** The records it opened, each with whoever did: an operation can change who that is. */
  readonly opened = new Map<string, Viewer>();
  /** The records it wrote: showing them again is no reading. */
  readonly written = new Set<string>();
  isRefusalWritten = false;
}

const ledgers = new WeakMap<Ctx, Ledger>();

function ledgerOf(ctx: Ctx): Ledger {
  const known = ledgers.get(ctx);
  if (known !== undefined) return known;
  const ledger = new Ledger();
  ledgers.set(ctx, ledger);
  return ledger;
}

/** Remembers that the caller opened a patient's record; their own is nobody's business. */
export function noteReading(ctx: Ctx, patientId: string): void {
  const { viewer } = ctx;
  if (viewer === null || viewer.patientId === patientId) return;
  ledgerOf(ctx).opened.set(patientId, viewer);
}

/** Remembers that the caller wrote a patient's record, which its own entry tells already. */
export function noteWriting(ctx: Ctx, patientId: string): void {
  ledgerOf(ctx).written.add(patientId);
}

/**
 * Writes down what an operation read and what it was refused, before its answer leaves: one entry for each record that
 * was opened, and one for the operation if anything of it was refused.
 *
 * Runs after the execution, or for each update of a subscription; a failure must fail the answer.
 */
export async function settleAudit(ctx: Ctx, answered: AnsweredOperation): Promise<void> {
  const ledger = ledgerOf(ctx);
  const opened = [...ledger.opened].filter(([patientId]) => !ledger.written.has(patientId));
  ledger.opened.clear();
  ledger.written.clear();
  const refusal = ledger.isRefusalWritten ? null : refusalNote(answered);
  const notes = new Map<Viewer, AuditNote[]>();
  const add = (viewer: Viewer, note: AuditNote) => notes.set(viewer, [...(notes.get(viewer) ?? []), note]);
  for (const [subjectId, viewer] of opened) add(viewer, { action: 'patient.read', subjectId });
  // Somebody who signed out in the same operation is still who was refused.
  const refused = ctx.viewer ?? ctx.lastViewer;
  if (refusal !== null && refused !== null) {
    add(refused, refusal);
    ledger.isRefusalWritten = true;
  }
  for (const [viewer, lines] of notes) {
    const who = { tenant: tenantOf(viewer), actor: actorOf(viewer, ctx.caller.ipAddress) };
    await auditBeside(ctx, who, lines);
  }
}
