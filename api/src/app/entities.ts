import { CapturedMessageEntity } from '../platform/delivery/captured-message.entity.ts';
import { DueEntity } from '../platform/due/due.entity.ts';
import { IdempotentRequestEntity } from '../platform/idempotency/request.queries.ts';
import { RateLimitEntity } from '../platform/rate-limit.queries.ts';
import { ClinicHeadEntity, EventEntity } from '../platform/outbox/event.entity.ts';
import {
  AccountMailEntity,
  DoctorEntity,
  DoctorTermsEntity,
  InvitationEntity,
  MembershipEntity,
  PasswordResetEntity,
  RecoveryCodeEntity,
  RefreshTokenEntity,
  SessionEntity,
  TwoFactorEntity,
  UserAccountEntity,
} from '../features/accounts/index.ts';
import { AppointmentEntity, AppointmentEventEntity } from '../features/appointments/index.ts';
import { AttachmentEntity } from '../features/attachments/index.ts';
import { AuditEntryEntity } from '../features/audit/index.ts';
import {
  BillCounterEntity,
  BillEntity,
  BillItemEntity,
  PaymentEntity,
  PaymentShareEntity,
  RefundEntity,
  RefundShareEntity,
} from '../features/billing/index.ts';
import { CheckoutEntity, GatewayEventEntity } from '../features/checkouts/index.ts';
import { ClinicEntity } from '../features/clinics/index.ts';
import { PayoutEntity } from '../features/earnings/index.ts';
import { DeliveryEntity, NotificationEntity } from '../features/notifications/index.ts';
import {
  CareEntity,
  ImportProgressEntity,
  PatientClinicalEntity,
  PatientEntity,
  PatientImportEntity,
} from '../features/patients/index.ts';
import {
  AddendumEntity,
  ConsultationEntity,
  QueueCounterEntity,
  VisitEntity,
  VitalsEntity,
} from '../features/visits/index.ts';
import { PrescriptionEntity } from '../features/prescriptions/index.ts';
import { ScheduleBlockEntity, TimeOffEntity } from '../features/schedules/index.ts';
import { DoctorServiceEntity, ServiceEntity } from '../features/services/index.ts';
import { WaitlistEntryEntity } from '../features/waitlist/index.ts';

/** Every table that the app writes. */
export const entities = [
  AddendumEntity,
  ConsultationEntity,
  QueueCounterEntity,
  VisitEntity,
  VitalsEntity,
  AccountMailEntity,
  AppointmentEntity,
  AppointmentEventEntity,
  AttachmentEntity,
  AuditEntryEntity,
  BillCounterEntity,
  BillEntity,
  BillItemEntity,
  CapturedMessageEntity,
  CareEntity,
  CheckoutEntity,
  ClinicEntity,
  ClinicHeadEntity,
  DeliveryEntity,
  DoctorEntity,
  DoctorServiceEntity,
  DoctorTermsEntity,
  DueEntity,
  EventEntity,
  GatewayEventEntity,
  IdempotentRequestEntity,
  InvitationEntity,
  ImportProgressEntity,
  MembershipEntity,
  NotificationEntity,
  PasswordResetEntity,
  PaymentEntity,
  PaymentShareEntity,
  PayoutEntity,
  RefundEntity,
  RefundShareEntity,
  PatientClinicalEntity,
  PatientEntity,
  PrescriptionEntity,
  RateLimitEntity,
  RecoveryCodeEntity,
  PatientImportEntity,
  RefreshTokenEntity,
  ScheduleBlockEntity,
  ServiceEntity,
  SessionEntity,
  TimeOffEntity,
  TwoFactorEntity,
  UserAccountEntity,
  WaitlistEntryEntity,
];
