import { z } from 'zod';
import { inTransaction, lockInOrder } from '../../platform/db/transaction.ts';
import { DomainError, notFound } from '../../platform/errors.ts';
import { defineIdKind } from '../../platform/ids.ts';
import { checkInput } from '../../platform/input.ts';
import { moneyInWords } from '../../platform/money-words.ts';
import type { Ctx } from '../../access/ctx.ts';
import { doctorById } from '../accounts/index.ts';
import { ownClinic } from '../appointments/index.ts';
import { readAmount } from '../billing/index.ts';
import { optionalText } from '../clinics/index.ts';
import { owedTo } from './earnings.queries.ts';
import { PayoutEntity } from './payout.entity.ts';

export const payoutId = defineIdKind('Payout', 0xa0d);

/** The fact that a doctor was paid out; amounts are for the doctor and the owner alone. */
export const payoutRecorded = 'PAYOUT_RECORDED';

const rules = z.object({ reference: optionalText('the reference', 120).optional() });

export interface PayoutRequest {
  doctorId: string;
  amount: string;
  reference: string | null;
}

/**
 * Writes down that a doctor's share was handed over. Returns the payout's id.
 *
 * @throws DomainError AMOUNT_EXCEEDED beyond what is owed to the doctor at this moment, INVALID_INPUT
 * Source: domain.md, Bill, payment, refund, payout.
 */
export async function recordPayout(ctx: Ctx, request: PayoutRequest): Promise<string> {
  const { reference } = checkInput(rules, { reference: request.reference });
  const [{ currency, locale }, doctor] = await Promise.all([ownClinic(ctx), ctx.load(doctorById, request.doctorId)]);
  if (doctor === null) throw notFound();
  const amountMinor = readAmount(request.amount, currency, { field: ['amount'], least: 1 });
  return inTransaction(ctx, async (tx) => {
    await lockInOrder(tx, [doctor.id]);
    const [balance] = await tx.rows(owedTo(ctx.clinicId, doctor.id));
    const owedMinor = Math.max(0, balance?.owedMinor ?? 0);
    if (amountMinor > owedMinor)
      throw new DomainError(
        'AMOUNT_EXCEEDED',
        `Only ${moneyInWords(owedMinor, currency, locale)} is owed to this doctor. Enter that or less.`,
        ['amount'],
      );
    const payout = tx.em.create(PayoutEntity, {
      id: payoutId.make(tx.now),
      clinicId: ctx.clinicId,
      doctorId: doctor.id,
      amountMinor,
      reference: reference ?? null,
      madeByUserId: tx.actor.userId,
      paidAt: tx.now,
    });
    // No amount: an admin reads the trail, and is not told what doctors earn.
    tx.audit({ action: 'payout.record', subjectId: payout.id, changes: { doctorId: doctor.id } });
    tx.record({ type: payoutRecorded, subjectId: payout.id, payload: { doctorId: doctor.id } });
    return payout.id;
  });
}
