export { clinicsWithMail, sendDueMail } from './delivery.service.ts';
export { DeliveryEntity, NotificationEntity } from './notification.entity.ts';
export { notificationPermissions } from './notification.permissions.ts';
export { notificationById } from './notification.queries.ts';
export {
  AppointmentNotificationsResolver,
  NotificationLiveResolver,
  NotificationResolver,
  ViewerNotificationsResolver,
} from './notification.resolver.ts';
export { markNotificationsRead, notifyOfAppointment } from './notification.service.ts';
export { notifyOfOffer } from './waitlist-offer.service.ts';
export { notifyOfOpening } from './record-opened.service.ts';
export { notificationsOfRecords } from './notification-merge.service.ts';
export { notifyOfLikelyNoShow } from './no-show-alert.service.ts';
export { notifyOfBill } from './bill-messages.service.ts';
export { notifyOfFollowUp, notifyOfTreatment } from './after-visit.service.ts';
export { notifyOfOnlineTrouble } from './online-trouble.service.ts';
export { notifyOfVisit } from './visit-messages.service.ts';
