import { Loader } from '../../access/ctx.ts';
import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import type { AppointmentEntity } from '../appointments/index.ts';
import type { VisitEntity } from '../visits/index.ts';

const tables = queryBuilder<typeof AppointmentEntity | typeof VisitEntity>();

/**
 * Seen by the doctor, and where the clinic closes treatments after payment, with no bill that is PENDING. Of appointments
 * that are CHECKED_IN. Source: domain.md A11.
 */
export const closeOutCondition = sql<boolean>`(appointment.status = 'CHECKED_IN'
  and exists (select from visit where visit.clinic_id = appointment.clinic_id and visit.appointment_id = appointment.id
    and visit.status = 'COMPLETED')
  and ((select close_out_policy from clinic where clinic.id = appointment.clinic_id) <> 'AFTER_PAYMENT'
    or not exists (select from bill where bill.clinic_id = appointment.clinic_id
      and bill.appointment_id = appointment.id and bill.status = 'PENDING')))`;

export const readyAppointments = new Loader<string, boolean>(async (ctx, ids) => {
  const rows = await ctx.rows(
    tables
      .selectFrom('appointment')
      .select('appointment.id')
      .where('appointment.clinicId', '=', ctx.clinicId)
      .where('appointment.id', 'in', [...ids])
      .where(closeOutCondition),
  );
  const ready = new Set(rows.map(({ id }) => id));
  return ids.map((id) => ready.has(id));
});

/** How far the visit of an appointment is. */
export const visitStatusOf = (clinicId: string, appointmentId: string): Query<{ status: string }> =>
  tables
    .selectFrom('visit')
    .select('status')
    .where('clinicId', '=', clinicId)
    .where('appointmentId', '=', appointmentId);
