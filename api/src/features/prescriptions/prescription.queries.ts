import { loadById, loadByParent } from '../../access/ctx.ts';
import { queryBuilder, type Query } from '../../platform/db/query-builder.ts';
import type { VisitEntity } from '../visits/index.ts';
import type { EarlierPrescription, PrescribedItem } from './medication.domain.ts';
import type { PrescriptionEntity } from './prescription.entity.ts';

export interface PrescriptionRow {
  id: string;
  clinicId: string;
  visitId: string;
  doctorId: string;
  patientId: string;
  items: PrescribedItem[];
  instructions: string | null;
  overriddenWarnings: string[];
  createdAt: Date;
  voidedAt: Date | null;
  voidReason: string | null;
}

const tables = queryBuilder<typeof PrescriptionEntity | typeof VisitEntity>();
const columns = [
  'prescription.id',
  'prescription.clinicId',
  'prescription.visitId',
  'prescription.doctorId',
  'prescription.patientId',
  'prescription.items',
  'prescription.instructions',
  'prescription.overriddenWarnings',
  'prescription.createdAt',
  'prescription.voidedAt',
  'prescription.voidReason',
] as const;

export const prescriptionById = loadById<PrescriptionRow>((ids, ctx) =>
  tables
    .selectFrom('prescription')
    .select(columns)
    .where('prescription.clinicId', '=', ctx.clinicId)
    .where('prescription.id', 'in', [...ids]),
);

/** More than anybody writes for one visit: it only guards the answer's size. */
const perVisit = 50;

/** What was prescribed at each of many visits, newest first. */
export const prescriptionsOfVisit = loadByParent<PrescriptionRow>(
  (row) => row.visitId,
  (visitIds, ctx) =>
    tables
      .selectFrom('prescription')
      .select(columns)
      .where('prescription.clinicId', '=', ctx.clinicId)
      .where('prescription.visitId', 'in', [...visitIds])
      .orderBy('prescription.createdAt', 'desc')
      .orderBy('prescription.id', 'desc')
      .limit(visitIds.length * perVisit),
);

/** What was prescribed at the visit of each of many appointments, newest first. */
export const prescriptionsOfAppointment = loadByParent<PrescriptionRow & { appointmentId: string }>(
  (row) => row.appointmentId,
  (appointmentIds, ctx) =>
    tables
      .selectFrom('visit')
      .innerJoin('prescription', (join) =>
        join.onRef('prescription.clinicId', '=', 'visit.clinicId').onRef('prescription.visitId', '=', 'visit.id'),
      )
      .select(columns)
      .select('visit.appointmentId')
      .where('visit.clinicId', '=', ctx.clinicId)
      .where('visit.appointmentId', 'in', [...appointmentIds])
      .orderBy('prescription.createdAt', 'desc')
      .orderBy('prescription.id', 'desc')
      .limit(appointmentIds.length * perVisit),
);

/** More than anybody takes at a time: it only guards the answer's size. */
const mostEarlier = 500;

/** What was prescribed to a patient since then and not voided, newest first. */
export const prescribedSince = (clinicId: string, patientId: string, since: Date): Query<EarlierPrescription> =>
  tables
    .selectFrom('prescription')
    .select(['prescription.createdAt', 'prescription.items'])
    .where('prescription.clinicId', '=', clinicId)
    .where('prescription.patientId', '=', patientId)
    .where('prescription.createdAt', '>', since)
    .where('prescription.voidedAt', 'is', null)
    .orderBy('prescription.createdAt', 'desc')
    .limit(mostEarlier);

/** The visit's appointment, and whom to lock before a prescription. */
export interface PrescriptionPlace {
  doctorId: string;
  patientId: string;
  appointmentId: string;
}

export const placeOfPrescription = (clinicId: string, id: string): Query<PrescriptionPlace> =>
  tables
    .selectFrom('prescription')
    .innerJoin('visit', (join) =>
      join.onRef('visit.clinicId', '=', 'prescription.clinicId').onRef('visit.id', '=', 'prescription.visitId'),
    )
    .select(['prescription.doctorId', 'prescription.patientId', 'visit.appointmentId'])
    .where('prescription.clinicId', '=', clinicId)
    .where('prescription.id', '=', id);

/** How far back a doctor's habits are looked for. */
const lookedThrough = 300;

/** What a doctor prescribed of late and did not void, newest first. */
export const latelyPrescribedBy = (clinicId: string, doctorId: string): Query<EarlierPrescription> =>
  tables
    .selectFrom('prescription')
    .select(['prescription.createdAt', 'prescription.items'])
    .where('prescription.clinicId', '=', clinicId)
    .where('prescription.doctorId', '=', doctorId)
    .where('prescription.voidedAt', 'is', null)
    .orderBy('prescription.createdAt', 'desc')
    .limit(lookedThrough);
