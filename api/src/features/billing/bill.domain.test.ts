import { describe, expect, it } from 'vitest';
import type { Role } from '../../access/roles.ts';
import { allowedBillSteps, balanceOf, billNumber, stateAfter, takeBillStep, type BillState } from './bill.domain.ts';

const aBill = (given: Partial<BillState> = {}): BillState => ({
  status: 'PENDING',
  doctorId: 'reyes',
  totalMinor: 100_000,
  paidMinor: 0,
  refundedMinor: 0,
  ...given,
});

const who = (...roles: Role[]) => ({ roles, doctorId: roles.includes('DOCTOR') ? 'reyes' : null, isGatewayOpen: true });

describe("a bill's state", () => {
  it('follows from the money alone', () => {
    expect(stateAfter(aBill({ paidMinor: 99_999 }))).toBe('PENDING');
    expect(stateAfter(aBill({ paidMinor: 100_000 }))).toBe('PAID');
    expect(stateAfter(aBill({ paidMinor: 100_000, refundedMinor: 1 }))).toBe('PENDING');
    expect(stateAfter(aBill({ status: 'PAID', paidMinor: 100_000, refundedMinor: 40_000 }))).toBe('PAID');
    expect(stateAfter(aBill({ status: 'PAID', paidMinor: 100_000, refundedMinor: 100_000 }))).toBe('REFUNDED');
  });

  it('is PAID at once for a total of zero, and stays so', () => {
    expect(stateAfter(aBill({ totalMinor: 0 }))).toBe('PAID');
    expect(stateAfter(aBill({ totalMinor: 0, status: 'PAID' }))).toBe('PAID');
  });

  it('owes nothing once it was settled, whatever goes back', () => {
    expect(balanceOf(aBill({ paidMinor: 30_000, refundedMinor: 10_000 }))).toBe(80_000);
    expect(balanceOf(aBill({ status: 'PAID', paidMinor: 100_000, refundedMinor: 40_000 }))).toBe(0);
    expect(balanceOf(aBill({ status: 'VOID' }))).toBe(0);
  });
});

describe('what may be done with a bill', () => {
  it('is listed by role', () => {
    expect(allowedBillSteps(aBill(), who('OWNER'))).toEqual(['EDIT', 'RECORD_PAYMENT', 'PAY_ONLINE', 'VOID']);
    expect(allowedBillSteps(aBill(), who('RECEPTIONIST'))).toEqual(['EDIT', 'RECORD_PAYMENT', 'PAY_ONLINE']);
    expect(allowedBillSteps(aBill(), who('DOCTOR'))).toEqual(['EDIT']);
    expect(allowedBillSteps(aBill({ doctorId: 'cruz' }), who('DOCTOR'))).toEqual([]);
    expect(allowedBillSteps(aBill(), who('PATIENT'))).toEqual(['PAY_ONLINE']);
    expect(allowedBillSteps(aBill(), who('NURSE'))).toEqual([]);
  });

  it('is neither changing nor voiding while money is on it', () => {
    const paid = aBill({ paidMinor: 1 });

    expect(allowedBillSteps(paid, who('OWNER'))).toEqual(['RECORD_PAYMENT', 'PAY_ONLINE', 'REFUND']);
    expect(() => takeBillStep(paid, 'VOID', who('OWNER'))).toThrow('Refund it first');
  });

  it('is nothing once it is void or refunded', () => {
    expect(allowedBillSteps(aBill({ status: 'VOID' }), who('OWNER'))).toEqual([]);
    expect(allowedBillSteps(aBill({ status: 'REFUNDED', paidMinor: 5, refundedMinor: 5 }), who('OWNER'))).toEqual([]);
    expect(() => takeBillStep(aBill({ status: 'VOID' }), 'RECORD_PAYMENT', who('OWNER'))).toThrow(
      'This bill is void, so it cannot be paid.',
    );
  });

  it('is no payment online where there is no gateway', () => {
    expect(allowedBillSteps(aBill(), { ...who('PATIENT'), isGatewayOpen: false })).toEqual([]);
  });
});

it('numbers bills by year, six digits and more', () => {
  expect([billNumber(2026, 123), billNumber(2026, 1_234_567)]).toEqual(['2026-000123', '2026-1234567']);
});
