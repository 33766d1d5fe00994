import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import type { DoctorEntity } from '../accounts/index.ts';
import type { BillEntity, RefundEntity } from '../billing/index.ts';
import type { ClinicEntity } from '../clinics/index.ts';
import type { PatientEntity } from '../patients/index.ts';
import type { VisitEntity } from '../visits/index.ts';

const tables = queryBuilder<
  | typeof BillEntity
  | typeof ClinicEntity
  | typeof DoctorEntity
  | typeof PatientEntity
  | typeof RefundEntity
  | typeof VisitEntity
>();

export interface BillSubject {
  clinicId: string;
  clinicName: string;
  clinicLocale: string;
  currency: string;
  doctorId: string;
  doctorName: string;
  patientId: string;
  patientFirstName: string;
  patientLastName: string | null;
  patientUserId: string | null;
  email: string | null;
  emailConsent: boolean;
  appointmentId: string;
  year: number;
  sequence: number;
  status: string;
  totalMinor: number;
  paidMinor: number;
  refundedMinor: number;
  /** When the patient should come again, as a calendar day. */
  followUpOn: string | null;
}

/** All that messages about a bill name, and where they go. */
export const subjectOfBill = (clinicId: string, id: string): Query<BillSubject> =>
  tables
    .selectFrom('bill')
    .innerJoin('clinic', 'clinic.id', 'bill.clinicId')
    .innerJoin('doctor', 'doctor.id', 'bill.doctorId')
    .innerJoin('patient', 'patient.id', 'bill.patientId')
    .leftJoin('visit', (join) =>
      join.onRef('visit.clinicId', '=', 'bill.clinicId').onRef('visit.appointmentId', '=', 'bill.appointmentId'),
    )
    .select([
      'bill.clinicId',
      'clinic.name as clinicName',
      'clinic.locale as clinicLocale',
      'clinic.currency',
      'bill.doctorId',
      'doctor.name as doctorName',
      'bill.patientId',
      'patient.firstName as patientFirstName',
      'patient.lastName as patientLastName',
      'patient.userId as patientUserId',
      'patient.email',
      'patient.emailConsent',
      'bill.appointmentId',
      'bill.year',
      'bill.sequence',
      'bill.status',
      'bill.totalMinor',
      'bill.paidMinor',
      'bill.refundedMinor',
      sql<string | null>`to_char(visit.follow_up_on, 'YYYY-MM-DD')`.as('followUpOn'),
    ])
    .where('bill.clinicId', '=', clinicId)
    .where('bill.id', '=', id);

export const amountOfRefund = (clinicId: string, id: string): Query<{ amountMinor: number }> =>
  tables.selectFrom('refund').select('amountMinor').where('clinicId', '=', clinicId).where('id', '=', id);
