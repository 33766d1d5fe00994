import type { AppointmentFactType, AppointmentStatus } from '../appointments/index.ts';
import type { recordOpened } from '../patients/index.ts';
import type { waitlistFacts } from '../waitlist/index.ts';

/** To the front desk: somebody who is expected has not been checked in. */
export const noShowAlert = 'NO_SHOW_ALERT';

/** What people are told of a visit. */
export type VisitMessage =
  'PATIENT_ARRIVED' | 'PATIENT_WITH_DOCTOR' | 'CONSULTATION_STARTED' | 'CONSULTATION_COMPLETED';
/** What a patient is told of a bill. */
export type BillMessage = 'BILL_READY' | 'PAYMENT_RECEIVED' | 'PAYMENT_REFUNDED' | 'PAYMENT_REMINDER';
/** What the front desk is told of paying online, and as which kind of message. */
export const onlineTroubles = {
  OTHER_AMOUNT: 'PAYMENT_RECEIVED',
  PAID_TWICE: 'PAYMENT_RECEIVED',
  NOT_GIVEN_BACK: 'PAYMENT_REFUNDED',
  GIVEN_BACK_THERE: 'PAYMENT_REFUNDED',
} as const;
export type OnlineTrouble = keyof typeof onlineTroubles;

export const isOnlineTrouble = (because: string | null | undefined): because is OnlineTrouble =>
  because != null && Object.hasOwn(onlineTroubles, because);

/** To the patient: nothing is left to do of a treatment. */
export const treatmentCompleted = 'TREATMENT_COMPLETED';
/** To the patient: they should come again, and have nothing booked. */
export const followUpMessage = 'FOLLOW_UP_DUE';
export type VisitAudience = 'DOCTOR' | 'PATIENT' | 'FRONT_DESK';

export type NotificationTypeName =
  | BillMessage
  | typeof treatmentCompleted
  | typeof followUpMessage
  | AppointmentFactType
  | VisitMessage
  | typeof recordOpened
  | typeof noShowAlert
  | typeof waitlistFacts.OFFERED;
export type ChannelName = 'IN_APP' | 'EMAIL' | 'SMS';
export type DeliveryStatusName = 'QUEUED' | 'SENT' | 'DELIVERED' | 'FAILED' | 'SKIPPED' | 'CANCELLED' | 'CAPTURED';

export type Audience = 'DOCTOR' | 'PATIENT' | 'PREVIOUS_DOCTOR';

/** Who is told what about an appointment. Source: domain.md, Notifications, rows A1 to A6. */
export const audienceOf: Record<AppointmentFactType, readonly Audience[]> = {
  APPOINTMENT_REQUESTED: ['DOCTOR'],
  APPOINTMENT_APPROVED: ['PATIENT'],
  APPOINTMENT_REJECTED: ['PATIENT'],
  // Of two doctors both: the one who gets it, and the one it left.
  APPOINTMENT_RESCHEDULED: ['PATIENT', 'DOCTOR', 'PREVIOUS_DOCTOR'],
  APPOINTMENT_CANCELLED: ['PATIENT', 'DOCTOR'],
  APPOINTMENT_CHECKED_IN: [],
  APPOINTMENT_CHECK_IN_UNDONE: [],
  APPOINTMENT_NO_SHOW: [],
  APPOINTMENT_TREATED: [],
};

/** Who is told what when a visit goes from one state to another. Source: domain.md, Notifications, rows A7, V4, V5. */
export function visitMessagesOf(
  from: string | null,
  to: string | null,
): readonly { type: VisitMessage; audience: VisitAudience }[] {
  if (from === null && to === 'WAITING') return [{ type: 'PATIENT_ARRIVED', audience: 'DOCTOR' }];
  if (to === 'IN_PROGRESS')
    return [
      { type: 'PATIENT_WITH_DOCTOR', audience: 'DOCTOR' },
      { type: 'CONSULTATION_STARTED', audience: 'PATIENT' },
    ];
  if (to === 'COMPLETED')
    return [
      { type: 'CONSULTATION_COMPLETED', audience: 'FRONT_DESK' },
      { type: 'CONSULTATION_COMPLETED', audience: 'PATIENT' },
    ];
  return [];
}

/** Facts that are not told to whoever caused them. */
const withoutActor: readonly AppointmentFactType[] = ['APPOINTMENT_RESCHEDULED', 'APPOINTMENT_CANCELLED'];

/** Whether a person hears of it: everybody in the audience, but not the one who moved or cancelled it. */
export const isTold = (
  type: AppointmentFactType,
  recipientUserId: string | null,
  actorUserId: string | null,
): boolean => !withoutActor.includes(type) || recipientUserId === null || recipientUserId !== actorUserId;

/** What a message promised that an appointment has lost since. */
export interface AppointmentSince {
  status: AppointmentStatus;
  /** Moved after the message was written. */
  hasMoved: boolean;
}

const promises: readonly NotificationTypeName[] = ['APPOINTMENT_APPROVED', 'APPOINTMENT_RESCHEDULED'];

/**
 * Whether a message promises what is no longer so: the time of an appointment that was cancelled or moved meanwhile.
 * Source: domain.md A5, "cancels its pending messages", and A6.
 */
export const isOvertaken = (type: NotificationTypeName, since: AppointmentSince | null): boolean =>
  since !== null &&
  promises.includes(type) &&
  (since.hasMoved || since.status === 'CANCELLED' || since.status === 'REJECTED');

/** Whether an e-mail goes out, and why not. Source: domain.md, "by the patient's consent and an address". */
export function emailStatus(person: { email: string | null; emailConsent: boolean }): {
  status: 'QUEUED' | 'SKIPPED';
  error: string | null;
} {
  if (person.email === null) return { status: 'SKIPPED', error: 'no address' };
  if (!person.emailConsent) return { status: 'SKIPPED', error: 'no consent' };
  return { status: 'QUEUED', error: null };
}
