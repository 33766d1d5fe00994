import type { RecordedFact, Transaction } from '../platform/db/transaction.ts';
import { appendToOutbox } from '../platform/outbox/outbox.ts';
import {
  appointmentFacts,
  keepNoShowAlert,
  noShowSuspected,
  planMovingAlerts,
  type AppointmentFactType,
} from '../features/appointments/index.ts';
import { writeAuditTrail } from '../features/audit/index.ts';
import { billFacts, keepPaymentReminder, paymentOverdue } from '../features/billing/index.ts';
import { keepCheckout } from '../features/checkouts/index.ts';
import { clinicUpdated } from '../features/clinics/index.ts';
import {
  notifyOfAppointment,
  notifyOfBill,
  notifyOfFollowUp,
  notifyOfLikelyNoShow,
  notifyOfOffer,
  notifyOfOnlineTrouble,
  notifyOfOpening,
  notifyOfTreatment,
  notifyOfVisit,
} from '../features/notifications/index.ts';
import { recordOpened } from '../features/patients/index.ts';
import { scheduleFacts } from '../features/schedules/index.ts';
import { followUpUnbooked, planFollowUp, visitFacts } from '../features/visits/index.ts';
import { lookThroughCalendar, waitlistFacts } from '../features/waitlist/index.ts';

type Handler = (tx: Transaction, fact: RecordedFact) => Promise<void>;

const tellPeople =
  (type: AppointmentFactType): Handler =>
  (tx, fact) =>
    notifyOfAppointment(tx, fact, type);

/** What else happens, in the same transaction, when something happens. */
const handlers: Readonly<Record<string, readonly Handler[]>> = {
  ...Object.fromEntries(Object.values(appointmentFacts).map((type) => [type, [keepNoShowAlert, tellPeople(type)]])),
  [appointmentFacts.TREATED]: [keepNoShowAlert, notifyOfTreatment],
  ...Object.fromEntries(
    Object.values(billFacts).map((type) => [type, [keepPaymentReminder, keepCheckout, notifyOfBill]]),
  ),
  [billFacts.ONLINE_PAYMENT_TROUBLE]: [notifyOfOnlineTrouble],
  [clinicUpdated]: [planMovingAlerts],
  [paymentOverdue]: [notifyOfBill],
  [noShowSuspected]: [notifyOfLikelyNoShow],
  [recordOpened]: [notifyOfOpening],
  [scheduleFacts.SCHEDULE_CHANGED]: [lookThroughCalendar],
  [visitFacts.STATUS_CHANGED]: [planFollowUp, notifyOfVisit],
  [followUpUnbooked]: [notifyOfFollowUp],
  [waitlistFacts.OFFERED]: [notifyOfOffer],
};

/**
 * Runs at the end of every writing transaction: first what its facts cause (which may record further facts), then the
 * outbox with the clinic's counter, and last the audit trail with the end of its chain. Whoever takes both locks takes
 * them in this order.
 */
export async function beforeCommit(tx: Transaction): Promise<void> {
  for (let index = 0; index < tx.facts.length; index += 1) {
    const fact = tx.facts[index];
    if (fact === undefined) continue;
    for (const handle of handlers[fact.type] ?? []) await handle(tx, fact);
  }
  await tx.em.flush();
  await appendToOutbox(tx);
  await writeAuditTrail(tx);
}
