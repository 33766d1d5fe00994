import { timingSafeEqual } from 'node:crypto';
import { packId, unpackId, idBytes } from '../../platform/ids.ts';
import { toMoney, type Money } from '../../platform/graphql/money.type.ts';
import type { SecretBox } from '../../platform/secret-box.ts';
import { dayOf } from '../../platform/zone.ts';
import type { Ctx } from '../../access/ctx.ts';
import { clinicById } from '../clinics/index.ts';
import { billNumber, netPaid } from './bill.domain.ts';
import { billById } from './bill.queries.ts';

/** Half of a SHA-256 is as hard to guess as a key of AES, and keeps the square on the paper coarse enough for a phone. */
const proofBytes = 16;

export interface CheckedReceipt {
  number: string;
  date: string;
  amount: Money;
  isVoid: boolean;
}

/**
 * What the square on a receipt names: the clinic, the bill, and a proof that only this installation can make. It does not
 * end, as paper does not, and nothing is stored of it.
 */
export function receiptToken(secrets: SecretBox, clinicId: string, billId: string): string {
  const proof = Buffer.from(secrets.linkToken(`receipt ${clinicId} ${billId}`), 'base64url').subarray(0, proofBytes);
  return Buffer.concat([packId(clinicId), packId(billId), proof]).toString('base64url');
}

/** The page that says whether a receipt is one. The token stands behind the #, which no server is sent: it is in no log. */
export const receiptCheckUrl = ({ runtime }: Ctx, clinicId: string, billId: string): string =>
  `${runtime.settings.publicUrl}/receipt#${receiptToken(runtime.secrets, clinicId, billId)}`;

/**
 * What anybody who holds the paper may know: its number, its day and what is paid. Read by the app itself inside that one
 * clinic, so that whoever looks on plays no part.
 *
 * @returns null for a token that is forged, and for a bill on which nothing was ever paid
 */
export async function checkReceipt(ctx: Ctx, token: string): Promise<CheckedReceipt | null> {
  const named = readToken(ctx.runtime.secrets, token);
  if (named === null) return null;
  const inside = ctx.asSystem({ clinicId: named.clinicId, clockOffsetMs: 0 });
  const [clinic, bill] = await Promise.all([
    inside.load(clinicById, named.clinicId),
    inside.load(billById, named.billId),
  ]);
  if (clinic === null || bill === null || bill.paidMinor === 0) return null;
  return {
    number: billNumber(bill.year, bill.sequence),
    date: dayOf(bill.createdAt, clinic.timeZone),
    amount: toMoney(netPaid(bill), clinic.currency),
    isVoid: bill.status === 'VOID',
  };
}

function readToken(secrets: SecretBox, token: string): { clinicId: string; billId: string } | null {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== 2 * idBytes + proofBytes) return null;
  const named = { clinicId: unpackId(bytes), billId: unpackId(bytes, idBytes) };
  const [given, right] = [Buffer.from(token), Buffer.from(receiptToken(secrets, named.clinicId, named.billId))];
  return given.length === right.length && timingSafeEqual(given, right) ? named : null;
}
