import type { Ctx } from '../../access/ctx.ts';
import { doctorId } from '../accounts/index.ts';
import { patientId } from '../patients/index.ts';
import { serviceId } from '../services/index.ts';
import type { AppointmentListFilter } from './appointment.queries.ts';
import type { AppointmentFilter } from './appointment.inputs.ts';

/**
 * Reads a filter. It only ever narrows: whose rows a caller sees at all, the database decides from the session, so a
 * doctor who names a colleague finds nothing. Unfiltered, a doctor's list takes the index of their own.
 *
 * @throws RequestError BAD_USER_INPUT for an id of another kind, naming the field
 */
export function readFilter(ctx: Ctx, filter: AppointmentFilter | null | undefined): AppointmentListFilter {
  const { role, doctorId: ownDoctorId } = ctx.signedIn;
  const wantedDoctor = filter?.doctorId == null ? null : doctorId.parse(filter.doctorId, ['filter', 'doctorId']);
  return {
    doctorId: wantedDoctor ?? (role === 'DOCTOR' ? ownDoctorId : null),
    patientId: filter?.patientId == null ? null : patientId.parse(filter.patientId, ['filter', 'patientId']),
    serviceId: filter?.serviceId == null ? null : serviceId.parse(filter.serviceId, ['filter', 'serviceId']),
    status: filter?.status ?? null,
    from: filter?.from ?? null,
    to: filter?.to ?? null,
    overdue: filter?.overdue ?? null,
    archived: filter?.archived ?? null,
    readyToClose: filter?.readyToClose ?? null,
  };
}
