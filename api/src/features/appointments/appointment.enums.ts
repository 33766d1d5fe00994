import { registerEnumType } from 'type-graphql';

export enum AppointmentStatusType {
  REQUESTED = 'REQUESTED',
  APPROVED = 'APPROVED',
  REJECTED = 'REJECTED',
  CANCELLED = 'CANCELLED',
  CHECKED_IN = 'CHECKED_IN',
  NO_SHOW = 'NO_SHOW',
  TREATED = 'TREATED',
}

registerEnumType(AppointmentStatusType, {
  name: 'AppointmentStatus',
  description: `REQUESTED → APPROVED | REJECTED | CANCELLED
APPROVED → CHECKED_IN | CANCELLED | NO_SHOW (a reschedule keeps APPROVED)
CHECKED_IN → TREATED | APPROVED (check-in undone, the visit still WAITING) | CANCELLED (the patient left)
NO_SHOW → CHECKED_IN (came late, the same clinic day)
REJECTED, CANCELLED and TREATED are final. A request holds no slot; approval checks the slot again.`,
});

export enum AppointmentSourceType {
  PATIENT = 'PATIENT',
  STAFF = 'STAFF',
  WALK_IN = 'WALK_IN',
  PARTNER = 'PARTNER',
}

registerEnumType(AppointmentSourceType, {
  name: 'AppointmentSource',
  description: 'Where an appointment came from.',
  valuesConfig: {
    PATIENT: { description: 'Asked for by the patient.' },
    STAFF: { description: 'Booked by staff.' },
    WALK_IN: { description: 'Came without an appointment.' },
    PARTNER: { description: "Through a partner's API key." },
  },
});

export enum AppointmentAction {
  APPROVE = 'APPROVE',
  REJECT = 'REJECT',
  RESCHEDULE = 'RESCHEDULE',
  CANCEL = 'CANCEL',
  CHECK_IN = 'CHECK_IN',
  UNDO_CHECK_IN = 'UNDO_CHECK_IN',
  MARK_NO_SHOW = 'MARK_NO_SHOW',
  MARK_TREATED = 'MARK_TREATED',
}

registerEnumType(AppointmentAction, {
  name: 'AppointmentAction',
  description: 'A step that can be taken with an appointment.',
});

export enum AppointmentEventType {
  REQUESTED = 'REQUESTED',
  APPROVED = 'APPROVED',
  REJECTED = 'REJECTED',
  RESCHEDULED = 'RESCHEDULED',
  CANCELLED = 'CANCELLED',
  CHECKED_IN = 'CHECKED_IN',
  CHECK_IN_UNDONE = 'CHECK_IN_UNDONE',
  NO_SHOW = 'NO_SHOW',
  TREATED = 'TREATED',
  CONFIRMED_BY_PATIENT = 'CONFIRMED_BY_PATIENT',
}

registerEnumType(AppointmentEventType, {
  name: 'AppointmentEventType',
  description: 'A step that was taken with an appointment.',
  valuesConfig: { CONFIRMED_BY_PATIENT: { description: 'The patient answered the reminder with yes.' } },
});

export enum AppointmentOrderField {
  STARTS_AT = 'STARTS_AT',
  CREATED_AT = 'CREATED_AT',
}

registerEnumType(AppointmentOrderField, { name: 'AppointmentOrderField' });

export enum OrderDirection {
  ASC = 'ASC',
  DESC = 'DESC',
}

registerEnumType(OrderDirection, { name: 'OrderDirection' });
