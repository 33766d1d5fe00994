import { toMoney, type Money } from '../../platform/graphql/money.type.ts';
import type { Ctx } from '../../access/ctx.ts';
import { ownClinic } from '../appointments/index.ts';

/** An amount in the clinic's currency. */
export async function moneyOf(ctx: Ctx, minor: number): Promise<Money> {
  const { currency } = await ownClinic(ctx);
  return toMoney(minor, currency);
}
