import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import type { DueEntity } from '../../platform/due/due.entity.ts';
import type { ClinicEntity } from '../clinics/index.ts';
import type { AppointmentStatus } from './appointment.domain.ts';
import type { AppointmentEntity } from './appointment.entity.ts';

const tables = queryBuilder<typeof AppointmentEntity | typeof ClinicEntity | typeof DueEntity>();

/** An appointment as far as a no-show is concerned, and how long the clinic waits. */
export interface Expected {
  id: string;
  doctorId: string;
  patientId: string;
  status: AppointmentStatus;
  startsAt: Date;
  noShowAfterMinutes: number;
  timeZone: string;
}

const expected = (clinicId: string) =>
  tables
    .selectFrom('appointment')
    .innerJoin('clinic', 'clinic.id', 'appointment.clinicId')
    .select(['appointment.id', 'appointment.doctorId', 'appointment.patientId', 'appointment.status'])
    .select(['appointment.startsAt', 'clinic.noShowAfterMinutes', 'clinic.timeZone'])
    .where('appointment.clinicId', '=', clinicId);

export const expectedById = (clinicId: string, id: string): Query<Expected> =>
  expected(clinicId).where('appointment.id', '=', id);

/** Those whose alert of this kind is to fall at another minute than the clinic's setting says now. */
export const misplacedAlerts = (clinicId: string, kind: string): Query<Expected> =>
  expected(clinicId)
    .innerJoin('due', (join) =>
      join.onRef('due.clinicId', '=', 'appointment.clinicId').onRef('due.subjectId', '=', 'appointment.id'),
    )
    .where('due.kind', '=', kind)
    .where(sql<boolean>`due.due_at <> appointment.starts_at + make_interval(mins => clinic.no_show_after_minutes)`)
    .orderBy('appointment.id');
