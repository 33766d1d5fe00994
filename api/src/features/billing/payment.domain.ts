import { DomainError } from '../../platform/errors.ts';
import { roundHalfUp, shareOf } from '../../platform/money.ts';

/** How a payment is divided, minor units; the two are the amount. */
export interface Shares {
  doctorMinor: number;
  clinicMinor: number;
}

/**
 * Divides a payment when it is paid: the doctor's share is rounded half up to the minor unit, the clinic's is the rest.
 *
 * @param basisPoints  the doctor's share in hundredths of a per cent
 * Source: domain.md, "A payment's doctor and clinic shares are frozen when it is paid".
 */
export function divide(amountMinor: number, basisPoints: number): Shares {
  const doctorMinor = shareOf(amountMinor, basisPoints);
  return { doctorMinor, clinicMinor: amountMinor - doctorMinor };
}

/** A payment as far as giving it back is concerned; minor units. */
export interface RefundablePayment {
  amountMinor: number;
  /** All refunds so far, those that the gateway has not confirmed yet too. */
  refundedMinor: number;
  shares: Shares;
  /** What earlier refunds took back of the doctor's share. */
  doctorBackMinor: number;
}

/**
 * What a refund takes back of both shares, in proportion. It is worked out on all that was refunded so far, so that many
 * small refunds take back what one large one would, and the last of them exactly the rest.
 *
 * Source: domain.md, "A refund takes both back in proportion".
 */
export function takeBack(payment: RefundablePayment, amountMinor: number): Shares {
  const soFar = payment.refundedMinor + amountMinor;
  const doctorSoFar = roundHalfUp(BigInt(payment.shares.doctorMinor) * BigInt(soFar), BigInt(payment.amountMinor));
  const doctorMinor = doctorSoFar - payment.doctorBackMinor;
  return { doctorMinor, clinicMinor: amountMinor - doctorMinor };
}

/** @throws DomainError AMOUNT_EXCEEDED beyond what is left of the payment. Source: domain.md. */
export function assertRefundable(leftMinor: number, amountMinor: number, leftInWords: string): void {
  if (leftMinor === 0)
    throw new DomainError('INVALID_TRANSITION', 'This payment was given back already. Reload to see it as it is now.');
  if (amountMinor > leftMinor)
    throw new DomainError('AMOUNT_EXCEEDED', `Only ${leftInWords} of this payment can still be given back.`, [
      'amount',
    ]);
}
