import { registerEnumType } from 'type-graphql';

export enum NotificationType {
  APPOINTMENT_REQUESTED = 'APPOINTMENT_REQUESTED',
  APPOINTMENT_APPROVED = 'APPOINTMENT_APPROVED',
  APPOINTMENT_REJECTED = 'APPOINTMENT_REJECTED',
  APPOINTMENT_RESCHEDULED = 'APPOINTMENT_RESCHEDULED',
  APPOINTMENT_CANCELLED = 'APPOINTMENT_CANCELLED',
  APPOINTMENT_REMINDER = 'APPOINTMENT_REMINDER',
  PATIENT_ARRIVED = 'PATIENT_ARRIVED',
  PATIENT_WITH_DOCTOR = 'PATIENT_WITH_DOCTOR',
  CONSULTATION_STARTED = 'CONSULTATION_STARTED',
  CONSULTATION_COMPLETED = 'CONSULTATION_COMPLETED',
  NO_SHOW_ALERT = 'NO_SHOW_ALERT',
  BILL_READY = 'BILL_READY',
  PAYMENT_RECEIVED = 'PAYMENT_RECEIVED',
  PAYMENT_REMINDER = 'PAYMENT_REMINDER',
  PAYMENT_REFUNDED = 'PAYMENT_REFUNDED',
  TREATMENT_COMPLETED = 'TREATMENT_COMPLETED',
  WAITLIST_OFFER = 'WAITLIST_OFFER',
  FOLLOW_UP_DUE = 'FOLLOW_UP_DUE',
  RECORD_OPENED = 'RECORD_OPENED',
  EMERGENCY = 'EMERGENCY',
}

registerEnumType(NotificationType, {
  name: 'NotificationType',
  description: 'What a message is about.',
  valuesConfig: { RECORD_OPENED: { description: 'A doctor broke the glass on a record: for the owner.' } },
});

export enum NotificationChannel {
  IN_APP = 'IN_APP',
  EMAIL = 'EMAIL',
  SMS = 'SMS',
}

registerEnumType(NotificationChannel, { name: 'NotificationChannel' });

export enum DeliveryStatus {
  QUEUED = 'QUEUED',
  SENT = 'SENT',
  DELIVERED = 'DELIVERED',
  FAILED = 'FAILED',
  SKIPPED = 'SKIPPED',
  CANCELLED = 'CANCELLED',
  CAPTURED = 'CAPTURED',
}

registerEnumType(DeliveryStatus, {
  name: 'DeliveryStatus',
  description:
    'QUEUED → SENT → DELIVERED; FAILED after the last retry; SKIPPED (no consent, no address); CANCELLED (overtaken: the appointment moved); CAPTURED (a sandbox’s: written down instead of sent).',
});
