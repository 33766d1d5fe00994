import { LockMode, type InferEntity } from '@mikro-orm/postgresql';
import type { Transaction } from '../../platform/db/transaction.ts';
import { cancel } from '../../platform/due/due.ts';
import type { WaitlistStatus } from './waitlist.domain.ts';
import { WaitlistEntryEntity } from './waitlist.entity.ts';
import { waitlistDue, waitlistFacts } from './waitlist.events.ts';

export type WaitlistEntry = InferEntity<typeof WaitlistEntryEntity>;

/** An entry as it is now, the transaction's own until it ends; its patient is locked before. */
export const lockedEntry = (tx: Transaction, id: string): Promise<WaitlistEntry | null> =>
  tx.em.findOne(
    WaitlistEntryEntity,
    { id, clinicId: tx.tenant.clinicId ?? '' },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );

/** The slot that an entry is offered; null without a running offer. */
export function offeredSlot({ offerDoctorId, offerStartsAt, offerEndsAt }: WaitlistEntry) {
  if (offerDoctorId == null || offerStartsAt == null || offerEndsAt == null) return null;
  return { doctorId: offerDoctorId, startsAt: offerStartsAt, endsAt: offerEndsAt };
}

/** Takes an offer back: its slot is free for others at the commit, and nothing falls due for it any more. */
export async function withdrawOffer(tx: Transaction, entry: WaitlistEntry): Promise<void> {
  if (offeredSlot(entry) === null) return;
  entry.offerDoctorId = null;
  entry.offerStartsAt = null;
  entry.offerEndsAt = null;
  entry.offerExpiresAt = null;
  await cancel(tx, { kind: waitlistDue.offer, subjectId: entry.id });
}

/** Writes a step down for everybody who must know; what ends an entry ends what would fall due for it. */
export async function recordStep(
  tx: Transaction,
  entry: WaitlistEntry,
  step: { fact: keyof typeof waitlistFacts; from: WaitlistStatus | null; action: string },
): Promise<void> {
  entry.updatedAt = tx.now;
  if (entry.status === 'BOOKED' || entry.status === 'LEFT')
    await cancel(tx, { kind: waitlistDue.lastDay, subjectId: entry.id });
  tx.audit({ action: step.action, subjectId: entry.id, changes: { status: [step.from, entry.status] } });
  tx.record({
    type: waitlistFacts[step.fact],
    subjectId: entry.id,
    payload: { patientId: entry.patientId, doctorId: entry.doctorId ?? null, actorUserId: tx.actor.userId },
  });
}
