import { inTransaction, lockInOrder } from '../../platform/db/transaction.ts';
import { cancel } from '../../platform/due/due.ts';
import { notFound } from '../../platform/errors.ts';
import type { Ctx } from '../../access/ctx.ts';
import { bookOffered, offeringAlternatives } from '../appointments/index.ts';
import { lockedEntry, offeredSlot, recordStep, withdrawOffer } from './waitlist-change.service.ts';
import { isHeld, offerGone, waitlistLifecycle } from './waitlist.domain.ts';
import { waitlistDue } from './waitlist.events.ts';
import { partiesOfEntry } from './waitlist.queries.ts';

/**
 * OFFERED → BOOKED: the slot that was held becomes the patient's appointment.
 *
 * @returns the appointment's id
 * @throws DomainError OFFER_GONE once the hold has run out or the offer was answered; as bookAppointment when the doctor no
 *   longer works then. Source: domain.md, Waitlist.
 */
export function acceptWaitlistOffer(ctx: Ctx, id: string): Promise<string> {
  return offeringAlternatives(ctx, (remember) =>
    inTransaction(ctx, async (tx) => {
      const [parties] = await tx.rows(partiesOfEntry(ctx.clinicId, id));
      if (parties === undefined) throw notFound();
      if (parties.offerDoctorId === null) throw offerGone();
      await lockInOrder(tx, [parties.offerDoctorId, parties.patientId]);
      const entry = await lockedEntry(tx, id);
      if (entry === null) throw notFound();
      const slot = offeredSlot(entry);
      // What was another doctor's when it was looked at is another offer.
      const isSame = slot !== null && slot.doctorId === parties.offerDoctorId;
      if (!isSame || !isHeld(entry.offerExpiresAt ?? null, tx.now)) throw offerGone();
      const booked = waitlistLifecycle.move(entry.status, 'ACCEPT');
      // The offer lets go of its time before the appointment takes it; nobody else can come in between.
      entry.status = 'WAITING';
      await withdrawOffer(tx, entry);
      await tx.em.flush();
      const { patientId, serviceId } = entry;
      entry.appointmentId = await bookOffered(ctx, tx, { patientId, serviceId, ...slot }, remember);
      entry.status = booked;
      await tx.em.flush();
      const opened = `${slot.startsAt.toISOString()}/${slot.endsAt.toISOString()}`;
      await cancel(tx, { kind: waitlistDue.slot, subjectId: slot.doctorId, cause: opened });
      await recordStep(tx, entry, { fact: 'BOOKED', from: 'OFFERED', action: 'waitlist.accept' });
      return entry.appointmentId;
    }),
  );
}
