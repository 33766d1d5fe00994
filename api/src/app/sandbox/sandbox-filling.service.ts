import type { Transaction } from '../../platform/db/transaction.ts';
import { toMinor } from '../../platform/money.ts';
import {
  DoctorEntity,
  doctorId,
  MembershipEntity,
  membershipId,
  UserAccountEntity,
  userId,
} from '../../features/accounts/index.ts';
import { takeRecordNumber } from '../../features/clinics/index.ts';
import { foldName, fullName, PatientEntity, patientId, recordNumber } from '../../features/patients/index.ts';
import { blockId, ScheduleBlockEntity } from '../../features/schedules/index.ts';
import { DoctorServiceEntity, ServiceEntity, serviceId } from '../../features/services/index.ts';
import { addAppointments, addWaits, type Filling } from './sandbox-history.service.ts';
import { sandboxHours, sandboxTeam } from './sandbox-plan.ts';

/**
 * Writes a planned clinic, each table at once. It has no messages and no facts yet: they begin with what is done in it.
 */
export async function fillSandbox(tx: Transaction, filling: Filling): Promise<void> {
  const doctorIds = await addTeam(tx, filling);
  const serviceIds = await addServices(tx, filling, doctorIds);
  const patientIds = await addPatients(tx, filling);
  const cast = { doctorIds, serviceIds, patientIds };
  await addAppointments(tx, filling, cast);
  await addWaits(tx, filling, cast);
}

/** People with a place on the team who cannot sign in: their addresses lead nowhere. */
async function addTeam(tx: Transaction, { clinicId, slug, plan }: Filling): Promise<string[]> {
  const doctors = plan.doctors.map(({ name }) => ({ role: 'DOCTOR' as const, name }));
  const people = [...sandboxTeam, ...doctors].map((person, index) => ({
    ...person,
    userId: userId.make(tx.realNow),
    email: `${person.role.toLowerCase()}-${index + 1}@${slug}.sandbox.invalid`,
  }));
  await tx.em.insertMany(
    UserAccountEntity,
    people.map(({ userId: id, email }) => ({
      id,
      email,
      emailFolded: email,
      passwordHash: null,
      locale: 'en',
      phone: null,
      createdAt: tx.realNow,
    })),
  );
  await tx.em.insertMany(
    MembershipEntity,
    people.map(({ userId: ofUser, name, role }) => ({
      id: membershipId.make(tx.now),
      clinicId,
      userId: ofUser,
      displayName: name,
      role,
      active: true,
      acceptedAt: tx.now,
      calendarVersion: 0,
      createdAt: tx.now,
    })),
  );
  const profiles = plan.doctors.map(({ name, specialty, licenceNumber }, index) => ({
    id: doctorId.make(tx.now),
    clinicId,
    userId: people[sandboxTeam.length + index]?.userId ?? null,
    name,
    specialty,
    licenceNumber,
    active: true,
    createdAt: tx.now,
  }));
  await tx.em.insertMany(DoctorEntity, profiles);
  const blocks = profiles.flatMap(({ id }) =>
    sandboxHours.map((block) => ({ ...block, id: blockId.make(tx.now), clinicId, doctorId: id })),
  );
  await tx.em.insertMany(ScheduleBlockEntity, blocks);
  return profiles.map(({ id }) => id);
}

async function addServices(
  tx: Transaction,
  { clinicId, plan }: Filling,
  doctorIds: readonly string[],
): Promise<string[]> {
  const services = plan.services.map(({ name, durationMinutes, price }) => ({
    id: serviceId.make(tx.now),
    clinicId,
    name,
    durationMinutes,
    priceMinor: toMinor(price, 'PHP'),
    taxPercent: null,
    archivedAt: null,
    createdAt: tx.now,
  }));
  await tx.em.insertMany(ServiceEntity, services);
  const offered = plan.doctors.flatMap((doctor, index) =>
    doctor.services.map((place) => ({
      clinicId,
      doctorId: doctorIds[index] ?? '',
      serviceId: services[place]?.id ?? '',
    })),
  );
  await tx.em.insertMany(DoctorServiceEntity, offered);
  return services.map(({ id }) => id);
}

async function addPatients(tx: Transaction, { clinicId, plan }: Filling): Promise<string[]> {
  const [head] = await tx.rows(takeRecordNumber(clinicId, plan.patients.length));
  if (head === undefined) throw new Error('The clinic has no head row.');
  const first = head.recordNumber - plan.patients.length + 1;
  const patients = plan.patients.map(({ createdAt, ...person }, index) => ({
    ...person,
    id: patientId.make(createdAt),
    clinicId,
    userId: null,
    recordNumber: recordNumber(first + index),
    nameFolded: foldName(fullName(person)),
    birthDateEstimated: false,
    address: null,
    smsConsent: false,
    marketingConsent: false,
    preferencesUpdatedAt: createdAt,
    preferencesUpdatedByName: null,
    archivedAt: null,
    mergedInto: null,
    importId: null,
    createdAt,
    updatedAt: createdAt,
    updatedByName: null,
    version: 1,
  }));
  await tx.em.insertMany(PatientEntity, patients);
  return patients.map(({ id }) => id);
}
