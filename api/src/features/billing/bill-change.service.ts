import { LockMode } from '@mikro-orm/postgresql';
import { inTransaction, type Transaction } from '../../platform/db/transaction.ts';
import { DomainError, notFound } from '../../platform/errors.ts';
import { momentWords } from '../../platform/zone.ts';
import type { Ctx } from '../../access/ctx.ts';
import { rolesOf } from '../../access/viewer.ts';
import { ownClinic } from '../appointments/index.ts';
import { stateAfter, type BillCircumstances } from './bill.domain.ts';
import { BillEntity, type Bill } from './bill.entity.ts';

export async function billCircumstances(ctx: Ctx): Promise<BillCircumstances> {
  const { doctorId } = ctx.signedIn;
  const isGatewayOpen = ctx.runtime.gateways.of(await ownClinic(ctx)) !== null;
  return { roles: rolesOf(ctx.signedIn), doctorId, isGatewayOpen };
}

/**
 * Locks one bill, so that whatever is decided on its money is decided on all of it.
 *
 * @throws RequestError NOT_FOUND when it is not there or not the caller's; DomainError CONFLICT when the caller read an
 *   older version
 */
export async function lockBill(
  tx: Transaction,
  ctx: Ctx,
  { id, version }: { id: string; version: number | null },
): Promise<Bill> {
  const bill = await tx.em.findOne(
    BillEntity,
    { id, clinicId: ctx.clinicId },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (bill === null) throw notFound();
  if (version !== null && version !== bill.version)
    throw new DomainError(
      'CONFLICT',
      `This bill was changed on ${momentWords(bill.updatedAt, ctx.signedIn.timeZone)}. Look at it as it is now, then try again.`,
      null,
      { billId: id },
    );
  return bill;
}

/** Opens a transaction on one bill, locked. */
export function changeBill<Result>(
  ctx: Ctx,
  target: { id: string; version: number | null },
  change: (tx: Transaction, bill: Bill) => Promise<Result>,
): Promise<Result> {
  return inTransaction(ctx, async (tx) => change(tx, await lockBill(tx, ctx, target)));
}

export function touchBill(tx: Transaction, bill: Bill): void {
  bill.updatedAt = tx.now;
  bill.version += 1;
}

/** Lets the bill's state follow from its money. Returns whether this settled it. */
export function settle(tx: Transaction, bill: Bill): boolean {
  const before = bill.status;
  bill.status = stateAfter(bill);
  const isSettled = before === 'PENDING' && bill.status === 'PAID';
  if (isSettled) bill.settledAt = tx.now;
  touchBill(tx, bill);
  return isSettled;
}
