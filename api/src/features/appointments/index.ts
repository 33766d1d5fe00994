export { AppointmentEntity, AppointmentEventEntity } from './appointment.entity.ts';
export { appointmentEventId, appointmentFacts, recordStep, type AppointmentFactType } from './appointment.events.ts';
export {
  changeAppointment,
  circumstancesOf,
  ownClinic,
  touch,
  type Appointment as AppointmentRecord,
  type ChangeTarget,
} from './appointment-change.service.ts';
export {
  appointmentLifecycle,
  takeStep,
  type AppointmentEventName,
  type AppointmentStatus,
} from './appointment.domain.ts';
export { alertAt, holdsSlot } from './appointment-time.domain.ts';
export { appointmentById, handOverAppointmentEvents, type AppointmentRow } from './appointment.queries.ts';
export { AppointmentResolver } from './appointment.resolver.ts';
export { AppointmentLiveResolver } from './appointment-live.resolver.ts';
export { DoctorAppointmentsResolver, PatientAppointmentsResolver } from './appointment-lists.resolver.ts';
export {
  appointmentId,
  bookAppointment,
  bookOffered,
  makeWalkIn,
  planWalkIn,
  requestAppointment,
  type WalkInRequest,
} from './appointment-making.service.ts';
export {
  approveAppointment,
  cancelAppointment,
  markNoShow,
  rejectAppointment,
} from './appointment-deciding.service.ts';
export { rescheduleAppointment } from './appointment-moving.service.ts';
export { AffectedAppointmentsResolver } from './affected-appointments.resolver.ts';
export { appointmentPayload } from './appointment-payload.ts';
export { offeringAlternatives } from './appointment-change.service.ts';
export { appointmentPermissions } from './appointment.permissions.ts';
export { AppointmentActionInput } from './appointment.inputs.ts';
export { Appointment, AppointmentPayload } from './appointment.type.ts';
export { TimeZoneChangeResolver } from './time-zone-change.resolver.ts';
export { appointmentsOfRecords } from './appointment-merge.service.ts';
export {
  alertOfNoShow,
  keepNoShowAlert,
  moveNoShowAlerts,
  noShowDue,
  noShowSuspected,
  planMovingAlerts,
} from './no-show.service.ts';
export { CalendarFeedResolver } from './calendar-feed.resolver.ts';
export { connectCloseOut } from './close-out.ts';
export { calendarByToken } from './calendar-feed.service.ts';
export { connectCheckInUndo } from './check-in-undo.ts';
