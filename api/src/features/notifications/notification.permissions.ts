import { allow, permissions } from '../../access/permissions.ts';
import { SIGNED_IN, STAFF } from '../../access/roles.ts';

export const notificationPermissions = permissions(
  allow(SIGNED_IN).ask('notifications'),
  allow(SIGNED_IN).call('markNotificationsRead'),
  allow(SIGNED_IN).watch('notificationReceived'),
  allow(SIGNED_IN).readList('Notification'),
  allow(SIGNED_IN).read('Notification', [
    'id',
    'recipientName',
    'patient',
    'type',
    'title',
    'body',
    'appointment',
    'deliveries',
    'readAt',
    'createdAt',
  ]),
  allow(SIGNED_IN).read('Delivery', ['channel', 'status', 'attempts', 'sentAt', 'updatedAt']),
  allow(STAFF).read('Delivery', ['error']),
  allow(SIGNED_IN).read('NotificationUpdate', ['cursor', 'at', 'resync', 'notification', 'unreadCount']),
  allow(SIGNED_IN).read('NotificationsReadPayload', ['unreadCount', 'userErrors']),
  allow(SIGNED_IN).read('Viewer', ['unreadNotificationCount']),
  allow(SIGNED_IN).read('Appointment', ['notifications']),
);
