import { loadById } from '../../access/ctx.ts';
import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import type { WaitlistStatus } from './waitlist.domain.ts';
import type { WaitlistEntryEntity } from './waitlist.entity.ts';

export interface WaitlistRow {
  id: string;
  clinicId: string;
  patientId: string;
  doctorId: string | null;
  serviceId: string;
  earliest: string;
  latest: string;
  status: WaitlistStatus;
  offerDoctorId: string | null;
  offerStartsAt: Date | null;
  offerEndsAt: Date | null;
  offerExpiresAt: Date | null;
  appointmentId: string | null;
  createdAt: Date;
}

const tables = queryBuilder<typeof WaitlistEntryEntity>();
const columns = [
  'id',
  'clinicId',
  'patientId',
  'doctorId',
  'serviceId',
  'earliest',
  'latest',
  'status',
  'offerDoctorId',
  'offerStartsAt',
  'offerEndsAt',
  'offerExpiresAt',
  'appointmentId',
  'createdAt',
] as const;

export const waitlistEntryById = loadById<WaitlistRow>((ids, ctx) =>
  tables
    .selectFrom('waitlist_entry')
    .select(columns)
    .where('clinicId', '=', ctx.clinicId)
    .where('id', 'in', [...ids]),
);

/** Those who wait at once in one clinic; the limit guards the answer's size, and joining keeps to it. */
export const placesOnWaitlist = 500;

/** Everybody who waits or has an offer, the first in the queue first; of one doctor with those who take any. */
export const liveEntries = (clinicId: string, doctorId: string | null): Query<WaitlistRow> =>
  tables
    .selectFrom('waitlist_entry')
    .select(columns)
    .where('clinicId', '=', clinicId)
    .where('status', 'in', ['WAITING', 'OFFERED'])
    .$if(doctorId !== null, (query) =>
      query.where((where) => where.or([where('doctorId', '=', doctorId), where('doctorId', 'is', null)])),
    )
    .orderBy('waitingSince')
    .orderBy('createdAt')
    .orderBy('id')
    .limit(placesOnWaitlist);

export const liveEntryCount = (clinicId: string): Query<{ count: number }> =>
  tables
    .selectFrom('waitlist_entry')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('clinicId', '=', clinicId)
    .where('status', 'in', ['WAITING', 'OFFERED']);

export interface CandidateRow {
  id: string;
  patientId: string;
  doctorId: string | null;
  serviceId: string;
  earliest: string;
  latest: string;
  passedOffers: string[];
}

/** Those whom a doctor's time between two clinic days may suit, the first in the queue first. */
export const candidatesFor = (
  clinicId: string,
  { doctorId, from, to }: { doctorId: string; from: string; to: string },
): Query<CandidateRow> =>
  tables
    .selectFrom('waitlist_entry')
    .select(['id', 'patientId', 'doctorId', 'serviceId', 'earliest', 'latest', 'passedOffers'])
    .where('clinicId', '=', clinicId)
    .where('status', '=', 'WAITING')
    .where((where) => where.or([where('doctorId', '=', doctorId), where('doctorId', 'is', null)]))
    .where('earliest', '<=', to)
    .where('latest', '>=', from)
    .orderBy('waitingSince')
    .orderBy('createdAt')
    .orderBy('id')
    .limit(placesOnWaitlist);

/** Whose an entry is, and which doctor's time it is offered: whom to lock before it. */
export const partiesOfEntry = (
  clinicId: string,
  id: string,
): Query<{ patientId: string; offerDoctorId: string | null }> =>
  tables
    .selectFrom('waitlist_entry')
    .select(['patientId', 'offerDoctorId'])
    .where('clinicId', '=', clinicId)
    .where('id', '=', id);

/** Whether a patient has a place for just this already. */
export const isWaitingForTheSame = (
  clinicId: string,
  patientId: string,
  { serviceId, doctorId }: { serviceId: string; doctorId?: string | null },
): Query<{ id: string }> =>
  tables
    .selectFrom('waitlist_entry')
    .select('id')
    .where('clinicId', '=', clinicId)
    .where('patientId', '=', patientId)
    .where('serviceId', '=', serviceId)
    .where('doctorId', 'is not distinct from', doctorId ?? null)
    .where('status', 'in', ['WAITING', 'OFFERED'])
    .limit(1);

/** All that a patient ever waited for, locked until the transaction ends. */
export const entriesOfPatient = (clinicId: string, patientId: string): Query<{ id: string }> =>
  tables
    .selectFrom('waitlist_entry')
    .select('id')
    .where('clinicId', '=', clinicId)
    .where('patientId', '=', patientId)
    .orderBy('id')
    .forUpdate();

export const patientsOnWaitlist = (clinicId: string, patientIds: readonly string[]): Query<{ patientId: string }> =>
  tables
    .selectFrom('waitlist_entry')
    .select('patientId')
    .distinct()
    .where('clinicId', '=', clinicId)
    .where(sql<boolean>`patient_id = any (${[...patientIds]}::uuid[])`);
