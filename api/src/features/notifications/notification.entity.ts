import { defineEntity, p } from '@mikro-orm/postgresql';
import type { ChannelName, DeliveryStatusName, NotificationTypeName } from './notification.domain.ts';

/** One message to one person about one cause. */
export const NotificationEntity = defineEntity({
  name: 'Notification',
  tableName: 'notification',
  properties: {
    id: p.uuid().primary(),
    clinicId: p.uuid(),
    causeEventId: p.uuid(),
    recipientUserId: p.uuid().nullable(),
    recipientName: p.text(),
    patientId: p.uuid().nullable(),
    doctorId: p.uuid().nullable(),
    appointmentId: p.uuid().nullable(),
    type: p.text().$type<NotificationTypeName>(),
    title: p.text(),
    body: p.text(),
    /** What may leave the building: see domain.md, Notifications. */
    outsideBody: p.text(),
    readAt: p.datetime().nullable(),
    createdAt: p.datetime(),
  },
});

/** One message on one channel; never a second one for the same. */
export const DeliveryEntity = defineEntity({
  name: 'Delivery',
  tableName: 'delivery',
  properties: {
    id: p.uuid().primary(),
    clinicId: p.uuid(),
    notificationId: p.uuid(),
    recipientUserId: p.uuid().nullable(),
    doctorId: p.uuid().nullable(),
    channel: p.text().$type<ChannelName>(),
    status: p.text().$type<DeliveryStatusName>(),
    attempts: p.integer(),
    error: p.text().nullable(),
    dueAt: p.datetime(),
    sentAt: p.datetime().nullable(),
    updatedAt: p.datetime(),
  },
});
