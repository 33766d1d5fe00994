import type { Transaction } from '../../platform/db/transaction.ts';
import { schedule } from '../../platform/due/due.ts';
import {
  alertAt,
  AppointmentEntity,
  AppointmentEventEntity,
  appointmentEventId,
  appointmentId,
  holdsSlot,
  noShowDue,
  type AppointmentEventName,
  type AppointmentStatus,
} from '../../features/appointments/index.ts';
import { CareEntity } from '../../features/patients/index.ts';
import { endOf, waitlistDue, WaitlistEntryEntity, waitlistEntryId } from '../../features/waitlist/index.ts';
import { addVisits, stayOf } from './sandbox-visits.service.ts';
import { sandboxTeam, sandboxZone, type PlannedAppointment, type SandboxPlan } from './sandbox-plan.ts';

export interface Filling {
  clinicId: string;
  slug: string;
  plan: SandboxPlan;
}

/** The ids of those whom a plan names by their places in its lists. */
export interface Cast {
  doctorIds: string[];
  serviceIds: string[];
  patientIds: string[];
}

/** As every new clinic's: see clinics/. */
const noShowAfterMinutes = 15;

/** Who books in the sandbox's history. */
const deskName = sandboxTeam[2].name;

interface Step {
  type: AppointmentEventName;
  from: AppointmentStatus | null;
  to: AppointmentStatus;
  at: Date;
}

/** The steps that led to what became of it. */
function stepsOf(planned: PlannedAppointment): Step[] {
  const { status, source, createdAt, decidedAt } = planned;
  const asked: Step[] = [{ type: 'REQUESTED', from: null, to: 'REQUESTED', at: createdAt }];
  if (status === 'REQUESTED') return asked;
  const isAsked = source === 'PATIENT';
  if (status === 'REJECTED') return [...asked, { type: 'REJECTED', from: 'REQUESTED', to: 'REJECTED', at: decidedAt }];
  const approvedAt = isAsked ? new Date(Math.min(createdAt.getTime() + 60_000, decidedAt.getTime())) : createdAt;
  const approved: Step = { type: 'APPROVED', from: isAsked ? 'REQUESTED' : null, to: 'APPROVED', at: approvedAt };
  const before = isAsked ? [...asked, approved] : [approved];
  if (status === 'CANCELLED' || status === 'NO_SHOW')
    return [...before, { type: status, from: 'APPROVED', to: status, at: decidedAt }];
  if (status !== 'TREATED') return before;
  const { checkedInAt, completedAt } = stayOf(planned);
  return [
    ...before,
    { type: 'CHECKED_IN', from: 'APPROVED', to: 'CHECKED_IN', at: checkedInAt },
    { type: 'TREATED', from: 'CHECKED_IN', to: 'TREATED', at: completedAt },
  ];
}

/** Writes what was and what is to come, with its timeline and what falls due for it. */
export async function addAppointments(
  tx: Transaction,
  { clinicId, plan }: Filling,
  { doctorIds, serviceIds, patientIds }: Cast,
): Promise<void> {
  const care = new Map<string, { doctorId: string; patientId: string; since: Date }>();
  const rows = plan.appointments.map((planned) => {
    const { doctor, patient, service, decidedAt, ...rest } = planned;
    const parties = { doctorId: doctorIds[doctor] ?? '', patientId: patientIds[patient] ?? '' };
    const known = `${doctor} ${patient}`;
    if (!care.has(known)) care.set(known, { ...parties, since: rest.createdAt });
    const steps = stepsOf(planned);
    const row = {
      ...rest,
      ...parties,
      id: appointmentId.make(rest.createdAt),
      clinicId,
      serviceId: serviceIds[service] ?? '',
      overbookReason: null,
      holdsSlot: holdsSlot(rest.status, null),
      confirmedByPatientAt: null,
      updatedAt: steps.at(-1)?.at ?? decidedAt,
      version: steps.length,
    };
    return { row, steps };
  });
  await tx.em.insertMany(
    CareEntity,
    [...care.values()].map((each) => ({ ...each, clinicId, until: null, reason: null })),
  );
  await tx.em.insertMany(
    AppointmentEntity,
    rows.map(({ row }) => row),
  );
  await addHistory(tx, rows);
  await addVisits(
    tx,
    clinicId,
    rows.map(({ row }) => row).filter(({ status }) => status === 'TREATED'),
  );
  await expectThem(tx, rows);
}

interface Written {
  row: Record<'id' | 'clinicId' | 'doctorId' | 'patientId', string> & {
    status: AppointmentStatus;
    startsAt: Date;
    note: string | null;
  };
  steps: Step[];
}

async function addHistory(tx: Transaction, rows: readonly Written[]): Promise<void> {
  const events = rows.flatMap(({ row: { id, clinicId, doctorId: ofDoctor, patientId: ofPatient, note }, steps }) =>
    steps.map(({ type, from, to, at }, index) => ({
      id: appointmentEventId.make(at),
      clinicId,
      appointmentId: id,
      doctorId: ofDoctor,
      patientId: ofPatient,
      version: index + 1,
      type,
      at,
      actorName: type === 'REQUESTED' ? 'The patient' : deskName,
      fromStatus: from,
      toStatus: to,
      previousStartsAt: null,
      note: index === steps.length - 1 ? note : null,
    })),
  );
  await tx.em.insertMany(AppointmentEventEntity, events);
}

/** Whoever is still to come is missed when they do not. */
async function expectThem(tx: Transaction, rows: readonly Written[]): Promise<void> {
  const expected = rows.filter(({ row }) => row.status === 'APPROVED' && row.startsAt >= tx.now);
  await schedule(
    tx,
    ...expected.map(({ row: { id: subjectId, startsAt } }) => ({
      kind: noShowDue.ALERT,
      subjectId,
      dueAt: alertAt({ startsAt, noShowAfterMinutes }),
    })),
  );
}

export async function addWaits(tx: Transaction, { clinicId, plan }: Filling, cast: Cast): Promise<void> {
  const entries = plan.waits.map(({ patient, doctor, service, since, ...days }) => ({
    ...days,
    id: waitlistEntryId.make(since),
    clinicId,
    patientId: cast.patientIds[patient] ?? '',
    doctorId: doctor === null ? null : (cast.doctorIds[doctor] ?? ''),
    serviceId: cast.serviceIds[service] ?? '',
    status: 'WAITING' as const,
    waitingSince: since,
    offerDoctorId: null,
    offerStartsAt: null,
    offerEndsAt: null,
    offerExpiresAt: null,
    passedOffers: [],
    appointmentId: null,
    createdAt: since,
    updatedAt: since,
  }));
  await tx.em.insertMany(WaitlistEntryEntity, entries);
  await schedule(
    tx,
    ...entries.map(({ id: subjectId, latest }) => ({
      kind: waitlistDue.lastDay,
      subjectId,
      dueAt: endOf(latest, sandboxZone),
    })),
  );
}
