import { inTransaction, type Transaction } from '../../platform/db/transaction.ts';
import { DomainError, notFound } from '../../platform/errors.ts';
import type { Ctx } from '../../access/ctx.ts';
import { addInvitation, invitationLimit, patientInvitation, withdrawInvitations } from '../accounts/index.ts';
import { clinicById } from '../clinics/index.ts';
import { linkToAccount, patientById, setEmailIfNone } from './patient.queries.ts';

/**
 * Sends a patient the link to an account for the record that is there already. Asking again sends a new link; the old
 * one stops working. The record gains the address when it had none.
 *
 * @throws RequestError NOT_FOUND, RATE_LIMITED
 * @throws DomainError ALREADY_EXISTS for a record that has an account, INVALID_TRANSITION for an archived one,
 * INVALID_INPUT without any address
 */
export async function invitePatient(ctx: Ctx, id: string, address: string | null): Promise<void> {
  const { clinicId, name: invitedBy } = ctx.signedIn;
  const [patient, clinic] = await Promise.all([ctx.load(patientById, id), ctx.load(clinicById, clinicId)]);
  if (patient === null) throw notFound();
  if (patient.userId !== null)
    throw new DomainError('ALREADY_EXISTS', 'This patient has an account already. They can sign in.');
  if (patient.archivedAt !== null)
    throw new DomainError('INVALID_TRANSITION', 'This record is archived. Restore it first.');
  const email = address ?? patient.email;
  if (email === null) throw new DomainError('INVALID_INPUT', 'Enter the e-mail address for the link.', ['email']);
  await ctx.runtime.limits.take(invitationLimit, clinicId);
  await inTransaction(ctx.asSystem(ctx.place, null, ctx.actor), async (tx) => {
    await tx.rows(setEmailIfNone(clinicId, id, email));
    await tx.rows(withdrawInvitations(clinicId, { patientId: id }, tx.realNow));
    const words = patientInvitation(clinic?.name ?? '');
    await addInvitation(ctx, tx, { email, membershipId: null, patientId: id, invitedBy, words });
    tx.audit({ action: 'patient.invite', subjectId: id });
  });
}

/** Hands an existing record to an account; false when it has one already, or is archived. */
export async function linkOwnRecord(tx: Transaction, userId: string, patientId: string): Promise<boolean> {
  const linked = await tx.rows(linkToAccount(tx.tenant.clinicId ?? '', patientId, userId));
  return linked.length > 0;
}
