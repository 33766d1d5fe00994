import 'reflect-metadata';
import { isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';
import { buildSchemaSync, getMetadataStorage, type PubSub } from 'type-graphql';
import { kindOf } from '../platform/ids.ts';
import { assertCoverage } from '../access/coverage.ts';
import type { PermissionFragment } from '../access/permissions.ts';
import { guardSchema } from '../access/shield.ts';
import {
  AuditPeopleResolver,
  DoctorResolver,
  MembershipResolver,
  ProfileResolver,
  SessionFieldsResolver,
  SessionResolver,
  TeamResolver,
  ViewerResolver,
} from '../features/accounts/index.ts';
import {
  AffectedAppointmentsResolver,
  AppointmentLiveResolver,
  AppointmentResolver,
  CalendarFeedResolver,
  DoctorAppointmentsResolver,
  PatientAppointmentsResolver,
  TimeZoneChangeResolver,
} from '../features/appointments/index.ts';
import {
  AttachmentResolver,
  PatientAttachmentsResolver,
  VisitAttachmentsResolver,
} from '../features/attachments/index.ts';
import { AuditResolver } from '../features/audit/index.ts';
import {
  AppointmentBillResolver,
  BillingStepsResolver,
  BillItemResolver,
  BillLiveResolver,
  BillResolver,
  CloseOutResolver,
  MethodTotalResolver,
  PatientBillsResolver,
  PaymentResolver,
  ReceiptResolver,
  RefundResolver,
  RevenueBreakdownResolver,
  TodaysRevenueResolver,
  VisitBillResolver,
} from '../features/billing/index.ts';
import { CheckoutResolver } from '../features/checkouts/index.ts';
import { ClinicResolver } from '../features/clinics/index.ts';
import { EarningsDayResolver, EarningsResolver, PayoutResolver } from '../features/earnings/index.ts';
import {
  AppointmentNotificationsResolver,
  NotificationLiveResolver,
  NotificationResolver,
  ViewerNotificationsResolver,
} from '../features/notifications/index.ts';
import {
  PatientAccessResolver,
  PatientAccountResolver,
  PatientChangeResolver,
  PatientImportResolver,
  PatientResolver,
  ViewerPatientResolver,
} from '../features/patients/index.ts';
import {
  AppointmentPrescriptionsResolver,
  PrescriptionResolver,
  VisitPrescriptionsResolver,
} from '../features/prescriptions/index.ts';
import { DoctorScheduleResolver, ScheduleLiveResolver } from '../features/schedules/index.ts';
import { DoctorServicesResolver, PublicClinicResolver, ServiceResolver } from '../features/services/index.ts';
import { WaitlistResolver } from '../features/waitlist/index.ts';
import {
  AddendumResolver,
  AppointmentVisitResolver,
  ConsultationLiveResolver,
  ConsultationResolver,
  PatientVisitsResolver,
  QueueLiveResolver,
  QueueResolver,
  TodaysWorkResolver,
  VisitResolver,
  VisitStepsResolver,
  WaitingBoardResolver,
} from '../features/visits/index.ts';
import { NodeResolver } from './node.resolver.ts';
import { allPermissions } from './permissions.ts';
import { SandboxResolver } from './sandbox/sandbox.resolver.ts';

const noTopics = (): never => {
  throw new Error('Subscriptions read the outbox: each names its own source.');
};

/** type-graphql asks for one, though every subscription here has a source of its own (access/watch.ts). */
const unusedPubSub: PubSub = { publish: noTopics, subscribe: noTopics };

/** All that the features declare. */
const resolvers = [
  AddendumResolver,
  AffectedAppointmentsResolver,
  AppointmentBillResolver,
  AppointmentLiveResolver,
  AppointmentNotificationsResolver,
  AppointmentPrescriptionsResolver,
  AppointmentResolver,
  AppointmentVisitResolver,
  AttachmentResolver,
  AuditPeopleResolver,
  AuditResolver,
  BillingStepsResolver,
  BillItemResolver,
  BillLiveResolver,
  BillResolver,
  CalendarFeedResolver,
  ClinicResolver,
  CheckoutResolver,
  CloseOutResolver,
  ConsultationLiveResolver,
  ConsultationResolver,
  DoctorAppointmentsResolver,
  DoctorResolver,
  DoctorScheduleResolver,
  DoctorServicesResolver,
  EarningsDayResolver,
  EarningsResolver,
  MembershipResolver,
  MethodTotalResolver,
  NodeResolver,
  NotificationLiveResolver,
  NotificationResolver,
  PatientAccessResolver,
  PatientAccountResolver,
  PatientAppointmentsResolver,
  PatientAttachmentsResolver,
  PatientBillsResolver,
  PatientChangeResolver,
  PatientImportResolver,
  PatientResolver,
  PatientVisitsResolver,
  PrescriptionResolver,
  PaymentResolver,
  ReceiptResolver,
  PayoutResolver,
  ProfileResolver,
  PublicClinicResolver,
  QueueLiveResolver,
  QueueResolver,
  RefundResolver,
  RevenueBreakdownResolver,
  SandboxResolver,
  ScheduleLiveResolver,
  ServiceResolver,
  SessionFieldsResolver,
  SessionResolver,
  TeamResolver,
  TimeZoneChangeResolver,
  TodaysRevenueResolver,
  TodaysWorkResolver,
  ViewerNotificationsResolver,
  ViewerPatientResolver,
  ViewerResolver,
  VisitAttachmentsResolver,
  VisitPrescriptionsResolver,
  VisitBillResolver,
  VisitResolver,
  VisitStepsResolver,
  WaitingBoardResolver,
  WaitlistResolver,
] as const;

/** The schema as the features declare it, without any guard. */
export function buildPlainSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    // Input rules are the services' own, so that every mistake comes back in one shape.
    validate: false,
    pubSub: unusedPubSub,
    resolvers,
  });
  return withoutDetours(schema);
}

/**
 * Takes out what costs time and adds nothing: type-graphql wraps a function around every plain property, and finds an
 * object's type in a promise.
 */
function withoutDetours(schema: GraphQLSchema): GraphQLSchema {
  const { fieldResolvers, fields } = getMetadataStorage();
  const resolved = new Set(
    fieldResolvers.map(({ getObjectType, schemaName }) => `${getObjectType?.().name} ${schemaName}`),
  );
  const plain = new Set(
    fields
      .filter(({ target, name, schemaName }) => name === schemaName && !resolved.has(`${target.name} ${schemaName}`))
      .map(({ target, schemaName }) => `${target.name} ${schemaName}`),
  );
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInterfaceType(type) && type.name === 'Node')
      type.resolveType = ({ id }: { id: string }) => kindOf(id) ?? undefined;
    if (!isObjectType(type) || type === schema.getQueryType() || type === schema.getMutationType()) continue;
    for (const field of Object.values(type.getFields()))
      if (plain.has(`${type.name} ${field.name}`)) field.resolve = undefined;
  }
  return schema;
}

/** One schema in two forms, and what decides between them. */
export interface ServedSchema {
  /** Every field behind its rule. */
  guarded: GraphQLSchema;
  /** Without any guard: for operations that are decided to be refused nowhere. */
  plain: GraphQLSchema;
  rules: PermissionFragment;
}

/** @throws Error when a field has no rule, or a rule no field */
export function buildServedSchema(rules: PermissionFragment = allPermissions): ServedSchema {
  const plain = buildPlainSchema();
  assertCoverage(plain, rules);
  return { plain, rules, guarded: guardSchema(plain, rules) };
}

/**
 * The schema with every field behind its rule.
 *
 * @throws Error when a field has no rule, or a rule no field
 */
export const buildGuardedSchema = (rules: PermissionFragment = allPermissions): GraphQLSchema =>
  buildServedSchema(rules).guarded;
