export { AddendumEntity, ConsultationEntity, QueueCounterEntity, VisitEntity, VitalsEntity } from './visit.entity.ts';
export { visitLifecycle } from './visit.domain.ts';
export { visitFacts } from './visit.events.ts';
export { appointmentBehind, visitById, type VisitRow } from './visit.queries.ts';
export { changeVisit } from './visit-change.service.ts';
export { Visit } from './visit.type.ts';
export { closeTreatment } from './consultation.service.ts';
export { followUpDue, followUpUnbooked, planFollowUp, remindOfFollowUp } from './follow-up.service.ts';
export { visitId } from './check-in.service.ts';
export { visitPermissions } from './visit.permissions.ts';
export { VisitResolver } from './visit.resolver.ts';
export { WaitingBoardResolver } from './waiting-board.resolver.ts';
export { VisitStepsResolver } from './visit-steps.resolver.ts';
export { ConsultationLiveResolver, QueueLiveResolver } from './visit-live.resolver.ts';
export {
  AddendumResolver,
  AppointmentVisitResolver,
  ConsultationResolver,
  PatientVisitsResolver,
  QueueResolver,
} from './visit-parts.resolver.ts';
export { TodaysWork, TodaysWorkResolver } from './todays-work.resolver.ts';
export { visitsOfRecords } from './visit-merge.service.ts';
export { isCheckInUndoable } from './check-in-undo.ts';
