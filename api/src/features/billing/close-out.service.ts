import { DomainError, forbidden } from '../../platform/errors.ts';
import type { Ctx } from '../../access/ctx.ts';
import { changeAppointment, ownClinic, type ChangeTarget } from '../appointments/index.ts';
import { closeTreatment } from '../visits/index.ts';
import { liveBillOf } from './bill.queries.ts';
import { visitStatusOf } from './close-out.queries.ts';

/**
 * CHECKED_IN → TREATED, by the treating doctor: the appointment is history, and the patient is told. Returns its id.
 *
 * @throws RequestError FORBIDDEN for anybody else; DomainError INVALID_TRANSITION before the consultation is completed,
 *   BILL_UNPAID where the clinic closes treatments after payment; CONFLICT. Source: domain.md A11.
 */
export async function markTreated(ctx: Ctx, target: ChangeTarget): Promise<string> {
  const { closeOutPolicy } = await ownClinic(ctx);
  return changeAppointment(ctx, target, async (tx, appointment) => {
    if (ctx.signedIn.doctorId !== appointment.doctorId)
      throw forbidden('close a treatment: only the treating doctor may');
    const [visit] = await tx.rows(visitStatusOf(ctx.clinicId, appointment.id));
    if (appointment.status === 'CHECKED_IN' && visit?.status !== 'COMPLETED')
      throw new DomainError('INVALID_TRANSITION', 'The consultation is not completed yet. Complete it first.');
    const [bill] = await tx.rows(liveBillOf(ctx.clinicId, appointment.id));
    if (closeOutPolicy === 'AFTER_PAYMENT' && appointment.status === 'CHECKED_IN' && bill?.status === 'PENDING')
      throw new DomainError('BILL_UNPAID', 'The bill is not paid yet. Close the treatment once it is.');
    closeTreatment(tx, appointment);
    return appointment.id;
  });
}
