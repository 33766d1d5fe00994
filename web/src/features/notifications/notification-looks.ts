import type { NotificationType } from '../../gql/graphql.ts';

const icons: Partial<Readonly<Record<NotificationType, string>>> = {
  APPOINTMENT_REQUESTED: 'i-lucide-inbox',
  APPOINTMENT_APPROVED: 'i-lucide-calendar-check',
  APPOINTMENT_REJECTED: 'i-lucide-calendar-x',
  APPOINTMENT_RESCHEDULED: 'i-lucide-calendar-sync',
  APPOINTMENT_CANCELLED: 'i-lucide-calendar-x',
  APPOINTMENT_REMINDER: 'i-lucide-alarm-clock',
  PATIENT_ARRIVED: 'i-lucide-log-in',
  PATIENT_WITH_DOCTOR: 'i-lucide-stethoscope',
  CONSULTATION_STARTED: 'i-lucide-stethoscope',
  CONSULTATION_COMPLETED: 'i-lucide-check-check',
  TREATMENT_COMPLETED: 'i-lucide-check-check',
  BILL_READY: 'i-lucide-receipt',
  PAYMENT_RECEIVED: 'i-lucide-circle-check',
  PAYMENT_REMINDER: 'i-lucide-receipt',
  PAYMENT_REFUNDED: 'i-lucide-undo-2',
  WAITLIST_OFFER: 'i-lucide-hourglass',
  NO_SHOW_ALERT: 'i-lucide-user-x',
  RECORD_OPENED: 'i-lucide-shield-alert',
  EMERGENCY: 'i-lucide-siren',
};

export function notificationIcon(type: NotificationType): string {
  return icons[type] ?? 'i-lucide-message-square';
}
