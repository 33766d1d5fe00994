import { inTransaction, type RecordedFact, type Transaction } from '../../platform/db/transaction.ts';
import { defineIdKind } from '../../platform/ids.ts';
import type { Ctx } from '../../access/ctx.ts';
import type { AppointmentFactType } from '../appointments/index.ts';
import { fullName } from '../patients/index.ts';
import type { MessageWords } from './message-catalog.ts';
import { messageText } from './message-text.ts';
import { audienceOf, emailStatus, isTold, type Audience, type NotificationTypeName } from './notification.domain.ts';
import { DeliveryEntity, NotificationEntity } from './notification.entity.ts';
import { doctorToTell, subjectOfMessages } from './message-subject.queries.ts';
import { localeOf, markRead } from './notification.queries.ts';

export const notificationId = defineIdKind('Notification', 0xa05);
const deliveryId = defineIdKind('Delivery', 0xa23);

/** Facts about messages, for the recipient's own screens. */
export const notificationFacts = { CREATED: 'NOTIFICATION_CREATED', READ: 'NOTIFICATIONS_READ' } as const;

export interface Recipient {
  userId: string | null;
  name: string;
  email: { status: 'QUEUED' | 'SKIPPED'; error: string | null } | null;
}

/**
 * Writes the messages that a step of an appointment causes, in the transaction of that step: who is told is decided
 * with what happened, or not at all. Sending comes after the commit.
 */
export async function notifyOfAppointment(
  tx: Transaction,
  fact: RecordedFact,
  type: AppointmentFactType,
): Promise<void> {
  // Whoever walked in, was given to another doctor or left knows it; the doctors see it in their queues.
  if (fact.payload['because'] !== undefined) return;
  const [subject] = await tx.rows(subjectOfMessages(fact.subjectId));
  if (subject === undefined) throw new Error('The appointment behind a fact is not there.');
  const { clinicId, doctorId, patientId } = subject;
  const previousDoctorId = fact.payload['previousDoctorId'] ?? null;
  const [previous] = previousDoctorId === null ? [] : await tx.rows(doctorToTell(clinicId, previousDoctorId));
  const patientName = fullName({ firstName: subject.patientFirstName, lastName: subject.patientLastName });
  const recipients: Record<Audience, Recipient & { ofDoctor: string | null }> = {
    DOCTOR: { userId: subject.doctorUserId, name: subject.doctorName, email: null, ofDoctor: doctorId },
    PATIENT: { userId: subject.patientUserId, name: patientName, email: emailStatus(subject), ofDoctor: doctorId },
    PREVIOUS_DOCTOR: {
      userId: previous?.doctorUserId ?? null,
      name: previous?.doctorName ?? '',
      email: null,
      ofDoctor: previousDoctorId,
    },
  };
  for (const audience of audienceOf[type]) {
    const { ofDoctor, ...recipient } = recipients[audience];
    const isReachable = recipient.userId !== null || recipient.email !== null;
    if (!isReachable || !isTold(type, recipient.userId, fact.payload['actorUserId'] ?? null)) continue;
    const words = messageText(type, audience, {
      ...subject,
      patientName,
      previousDoctorName: previous?.doctorName ?? null,
      locale: await localeFor(tx, recipient.userId, subject.clinicLocale),
    });
    await addMessage(tx, recipient, {
      cause: fact,
      about: { clinicId, doctorId: ofDoctor, patientId, appointmentId: fact.subjectId },
      type,
      words,
    });
  }
}

interface Message {
  cause: RecordedFact;
  about: { clinicId: string; doctorId: string | null; patientId: string; appointmentId: string | null };
  type: NotificationTypeName;
  words: MessageWords;
}

/** Writes one message with its deliveries; the recipient's screens hear of it at the commit. */
export async function addMessage(
  tx: Transaction,
  recipient: Recipient,
  { cause, about, type, words }: Message,
): Promise<void> {
  const id = notificationId.make(tx.now);
  tx.em.create(NotificationEntity, {
    id,
    ...about,
    causeEventId: cause.id,
    recipientUserId: recipient.userId,
    recipientName: recipient.name,
    type,
    ...words,
    readAt: null,
    createdAt: tx.now,
  });
  await tx.em.flush();
  addDeliveries(tx, id, about.doctorId, recipient);
  if (recipient.userId !== null) {
    tx.record({ type: notificationFacts.CREATED, subjectId: id, payload: { recipientUserId: recipient.userId } });
  }
}

export async function localeFor(tx: Transaction, userId: string | null, clinicLocale: string): Promise<string> {
  if (userId === null) return clinicLocale;
  const [row] = await tx.rows(localeOf(userId));
  return row?.locale ?? clinicLocale;
}

/** In-app always; e-mail by consent and address, and a line on record where it does not go out. */
function addDeliveries(
  tx: Transaction,
  ofNotification: string,
  ofDoctor: string | null,
  { userId, email }: Recipient,
): void {
  const common = {
    clinicId: tx.tenant.clinicId ?? '',
    notificationId: ofNotification,
    recipientUserId: userId,
    doctorId: ofDoctor,
    attempts: 0,
    dueAt: tx.now,
    updatedAt: tx.now,
  };
  if (userId !== null) {
    const sent = { channel: 'IN_APP', status: 'DELIVERED', error: null, sentAt: tx.now } as const;
    tx.em.create(DeliveryEntity, { ...common, ...sent, id: deliveryId.make(tx.now) });
  }
  if (email !== null) {
    tx.em.create(DeliveryEntity, { ...common, ...email, id: deliveryId.make(tx.now), channel: 'EMAIL', sentAt: null });
  }
}

/** Marks the caller's own messages as read, those named or all; their other screens hear of it. */
export async function markNotificationsRead(ctx: Ctx, ids: readonly string[] | null): Promise<void> {
  const { clinicId, userId } = ctx.signedIn;
  if (ids?.length === 0) return;
  await inTransaction(ctx, async (tx) => {
    const read = await tx.rows(markRead(clinicId, userId, ids, tx.now));
    tx.audit({ action: 'notification.read', subjectId: null, changes: { count: read.length } });
    if (read.length > 0)
      tx.record({ type: notificationFacts.READ, subjectId: userId, payload: { recipientUserId: userId } });
  });
}
