import type { AppointmentFactType, AppointmentStatus } from '../appointments/index.ts';
import type { recordOpened } from '../patients/index.ts';

export type NotificationTypeName = AppointmentFactType | typeof recordOpened;
export type ChannelName = 'IN_APP' | 'EMAIL' | 'SMS';
export type DeliveryStatusName = 'QUEUED' | 'SENT' | 'DELIVERED' | 'FAILED' | 'SKIPPED' | 'CANCELLED';

export type Audience = 'DOCTOR' | 'PATIENT';

/** Who is told what about an appointment. Source: domain.md, Notifications, rows A1 to A5. */
export const audienceOf: Record<AppointmentFactType, readonly Audience[]> = {
  APPOINTMENT_REQUESTED: ['DOCTOR'],
  APPOINTMENT_APPROVED: ['PATIENT'],
  APPOINTMENT_REJECTED: ['PATIENT'],
  APPOINTMENT_CANCELLED: ['PATIENT', 'DOCTOR'],
};

/** Facts that are not told to whoever caused them. */
const withoutActor: readonly AppointmentFactType[] = ['APPOINTMENT_CANCELLED'];

/** Whether a person hears of it: everybody in the audience, but not the one who cancelled. */
export const isTold = (
  type: AppointmentFactType,
  recipientUserId: string | null,
  actorUserId: string | null,
): boolean => !withoutActor.includes(type) || recipientUserId === null || recipientUserId !== actorUserId;

/**
 * Whether a message promises what is no longer so: a confirmation of an appointment that was cancelled meanwhile.
 * Source: domain.md A5, "cancels its pending messages".
 */
export const isOvertaken = (type: NotificationTypeName, appointmentStatus: AppointmentStatus | null): boolean =>
  type === 'APPOINTMENT_APPROVED' && (appointmentStatus === 'CANCELLED' || appointmentStatus === 'REJECTED');

/** Whether an e-mail goes out, and why not. Source: domain.md, "by the patient's consent and an address". */
export function emailStatus(person: { email: string | null; emailConsent: boolean }): {
  status: 'QUEUED' | 'SKIPPED';
  error: string | null;
} {
  if (person.email === null) return { status: 'SKIPPED', error: 'no address' };
  if (!person.emailConsent) return { status: 'SKIPPED', error: 'no consent' };
  return { status: 'QUEUED', error: null };
}
