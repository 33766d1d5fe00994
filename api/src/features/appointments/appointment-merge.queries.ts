import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import type { AppointmentEntity } from './appointment.entity.ts';

const tables = queryBuilder<typeof AppointmentEntity>();

/** Appointments of two patients that hold overlapping times: the first of them. */
export const overlapOf = (
  clinicId: string,
  [one, other]: readonly [string, string],
): Query<{ startsAt: Date; otherStartsAt: Date }> =>
  tables
    .selectFrom('appointment as mine')
    .innerJoin('appointment as theirs', (join) =>
      join
        .onRef('theirs.clinicId', '=', 'mine.clinicId')
        .on('theirs.patientId', '=', other)
        .on('theirs.holdsSlot', '=', true)
        .onRef('theirs.startsAt', '<', 'mine.endsAt')
        .onRef('theirs.endsAt', '>', 'mine.startsAt'),
    )
    .select(['mine.startsAt', 'theirs.startsAt as otherStartsAt'])
    .where('mine.clinicId', '=', clinicId)
    .where('mine.patientId', '=', one)
    .where('mine.holdsSlot', '=', true)
    .orderBy('mine.startsAt')
    .limit(1);

/** Whose an appointment is, is no step of it: its version stays. */
export const moveAppointments = (
  clinicId: string,
  { fromPatient, toPatient }: { fromPatient: string; toPatient: string },
): Query<{ id: string }> =>
  tables
    .updateTable('appointment')
    .set({ patientId: toPatient })
    .where('clinicId', '=', clinicId)
    .where('patientId', '=', fromPatient)
    .returning('id');

/** History is append-only: the database moves it by itself, and only along a merge that it can see. */
export const moveAppointmentEvents = (fromPatient: string): Query<{ moved: number }> =>
  tables.selectNoFrom(sql<number>`directory.move_appointment_events(${fromPatient}::uuid)`.as('moved'));

export const patientsWithAppointments = (
  clinicId: string,
  patientIds: readonly string[],
): Query<{ patientId: string }> =>
  tables
    .selectFrom('appointment')
    .select('patientId')
    .distinct()
    .where('clinicId', '=', clinicId)
    .where(sql<boolean>`patient_id = any (${[...patientIds]}::uuid[])`);
