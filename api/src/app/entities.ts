import { CapturedMessageEntity } from '../platform/delivery/captured-message.entity.ts';
import { ClinicHeadEntity, EventEntity } from '../platform/outbox/event.entity.ts';
import {
  DoctorEntity,
  DoctorTermsEntity,
  MembershipEntity,
  RefreshTokenEntity,
  SessionEntity,
  UserAccountEntity,
} from '../features/accounts/index.ts';
import { AppointmentEntity, AppointmentEventEntity } from '../features/appointments/index.ts';
import { AuditEntryEntity } from '../features/audit/index.ts';
import { ClinicEntity } from '../features/clinics/index.ts';
import { DeliveryEntity, NotificationEntity } from '../features/notifications/index.ts';
import { CareEntity, PatientClinicalEntity, PatientEntity } from '../features/patients/index.ts';
import { ScheduleBlockEntity, TimeOffEntity } from '../features/schedules/index.ts';
import { DoctorServiceEntity, ServiceEntity } from '../features/services/index.ts';

/** Every table that the app writes. */
export const entities = [
  AppointmentEntity,
  AppointmentEventEntity,
  AuditEntryEntity,
  CapturedMessageEntity,
  CareEntity,
  ClinicEntity,
  ClinicHeadEntity,
  DeliveryEntity,
  DoctorEntity,
  DoctorServiceEntity,
  DoctorTermsEntity,
  EventEntity,
  MembershipEntity,
  NotificationEntity,
  PatientClinicalEntity,
  PatientEntity,
  RefreshTokenEntity,
  ScheduleBlockEntity,
  ServiceEntity,
  SessionEntity,
  TimeOffEntity,
  UserAccountEntity,
];
