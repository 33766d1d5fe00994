import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync, type PubSub } from 'type-graphql';
import { assertCoverage } from '../access/coverage.ts';
import type { PermissionFragment } from '../access/permissions.ts';
import { guardSchema } from '../access/shield.ts';
import {
  DoctorResolver,
  MembershipResolver,
  ProfileResolver,
  SessionFieldsResolver,
  SessionResolver,
  TeamResolver,
  ViewerResolver,
} from '../features/accounts/index.ts';
import {
  AppointmentLiveResolver,
  AppointmentResolver,
  DoctorAppointmentsResolver,
  PatientAppointmentsResolver,
  TimeZoneChangeResolver,
} from '../features/appointments/index.ts';
import { ClinicResolver } from '../features/clinics/index.ts';
import {
  AppointmentNotificationsResolver,
  NotificationLiveResolver,
  NotificationResolver,
  ViewerNotificationsResolver,
} from '../features/notifications/index.ts';
import {
  PatientAccountResolver,
  PatientChangeResolver,
  PatientImportResolver,
  PatientResolver,
  ViewerPatientResolver,
} from '../features/patients/index.ts';
import { DoctorScheduleResolver } from '../features/schedules/index.ts';
import { DoctorServicesResolver, PublicClinicResolver, ServiceResolver } from '../features/services/index.ts';
import { NodeResolver } from './node.resolver.ts';
import { allPermissions } from './permissions.ts';

const noTopics = (): never => {
  throw new Error('Subscriptions read the outbox: each names its own source.');
};

/** type-graphql asks for one, though every subscription here has a source of its own (access/watch.ts). */
const unusedPubSub: PubSub = { publish: noTopics, subscribe: noTopics };

/** The schema as the features declare it, without any guard: never served. */
export function buildPlainSchema(): GraphQLSchema {
  return buildSchemaSync({
    // Input rules are the services' own, so that every mistake comes back in one shape.
    validate: false,
    pubSub: unusedPubSub,
    resolvers: [
      AppointmentLiveResolver,
      AppointmentNotificationsResolver,
      AppointmentResolver,
      ClinicResolver,
      DoctorAppointmentsResolver,
      DoctorResolver,
      DoctorScheduleResolver,
      DoctorServicesResolver,
      MembershipResolver,
      NodeResolver,
      NotificationLiveResolver,
      NotificationResolver,
      PatientAccountResolver,
      PatientAppointmentsResolver,
      PatientChangeResolver,
      PatientImportResolver,
      PatientResolver,
      ProfileResolver,
      PublicClinicResolver,
      ServiceResolver,
      SessionFieldsResolver,
      SessionResolver,
      TeamResolver,
      TimeZoneChangeResolver,
      ViewerNotificationsResolver,
      ViewerPatientResolver,
      ViewerResolver,
    ],
  });
}

/**
 * The schema that is served: every field behind its rule.
 *
 * @throws Error when a field has no rule, or a rule no field
 */
export function buildGuardedSchema(rules: PermissionFragment = allPermissions): GraphQLSchema {
  const plain = buildPlainSchema();
  assertCoverage(plain, rules);
  return guardSchema(plain, rules);
}
