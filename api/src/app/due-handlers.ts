import type { Transaction } from '../platform/db/transaction.ts';
import type { Due } from '../platform/due/due.ts';
import type { Ctx } from '../access/ctx.ts';
import { alertOfNoShow, moveNoShowAlerts, noShowDue } from '../features/appointments/index.ts';
import { attachmentDue, sweepUpload } from '../features/attachments/index.ts';
import { followUpDue, remindOfFollowUp } from '../features/visits/index.ts';
import { gatewayRefundDue, paymentReminderDue, remindOfPayment } from '../features/billing/index.ts';
import { checkoutLookDue, giveBack, lookAtCheckout } from '../features/checkouts/index.ts';
import { endOffer, endWaiting, offerOpenedTime, waitlistDue } from '../features/waitlist/index.ts';

/**
 * Does what has fallen due, as the app itself in that clinic. It runs in the transaction that removes the row: its effect is
 * there once, however many workers there are and whenever one of them dies. It takes the locks of its subject in their
 * order and looks whether there is still something to do.
 */
export type DueHandler = (ctx: Ctx, tx: Transaction, due: Due) => Promise<void>;

/** What happens when something falls due, by its kind. */
export const dueHandlers: Readonly<Record<string, DueHandler>> = {
  [attachmentDue.SWEEP]: sweepUpload,
  [followUpDue]: remindOfFollowUp,
  [checkoutLookDue]: lookAtCheckout,
  [gatewayRefundDue]: giveBack,
  [noShowDue.ALERT]: alertOfNoShow,
  [noShowDue.MOVE_ALERTS]: moveNoShowAlerts,
  [paymentReminderDue]: remindOfPayment,
  [waitlistDue.slot]: offerOpenedTime,
  [waitlistDue.offer]: endOffer,
  [waitlistDue.lastDay]: endWaiting,
};
