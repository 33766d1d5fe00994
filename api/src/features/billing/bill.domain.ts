import { DomainError } from '../../platform/errors.ts';
import { defineLifecycle } from '../../platform/lifecycle.ts';
import type { Role } from '../../access/roles.ts';

export type BillStatus = 'PENDING' | 'PAID' | 'REFUNDED' | 'VOID';
export type PaymentMethod = 'CASH' | 'CARD' | 'BANK_TRANSFER' | 'MOBILE_WALLET' | 'ONLINE';
export type PaymentStatus = 'PENDING' | 'PAID' | 'FAILED' | 'REFUNDED';

/** What a bill's own state and the caller's role allow. */
export type BillStep = 'EDIT' | 'RECORD_PAYMENT' | 'REFUND' | 'VOID' | 'PAY_ONLINE';
/** What follows from money that came in or went back. */
type BillConsequence = 'MAKE' | 'SETTLE' | 'GIVE_ALL_BACK';

const desk: Role[] = ['RECEPTIONIST', 'ADMIN', 'OWNER'];
const management: Role[] = ['ADMIN', 'OWNER'];
const paymentsNetToZero = 'payments and refunds net to zero';

/** Source: domain.md, Bill. Nobody sets PAID and REFUNDED: they follow from payments and refunds. */
export const billLifecycle = defineLifecycle<BillStatus, BillStep | BillConsequence, Role>({
  name: 'Bill',
  states: ['PENDING', 'PAID', 'REFUNDED', 'VOID'],
  initial: ['PENDING'],
  final: ['REFUNDED', 'VOID'],
  moves: [
    {
      row: 'B1',
      action: 'MAKE',
      from: [],
      to: 'PENDING',
      by: ['DOCTOR', ...desk],
      guard: 'one live bill (PENDING or PAID) per appointment; with the next number of the clinic and year',
    },
    { row: 'B2', action: 'EDIT', from: ['PENDING'], to: 'PENDING', by: ['DOCTOR', ...desk], guard: paymentsNetToZero },
    { row: 'B3', action: 'RECORD_PAYMENT', from: ['PENDING'], to: 'PENDING', by: desk, guard: 'at most the balance' },
    {
      row: 'B3',
      action: 'PAY_ONLINE',
      from: ['PENDING'],
      to: 'PENDING',
      by: ['PATIENT', ...desk],
      guard: "takes effect by the gateway's verified word alone",
    },
    {
      row: 'B4',
      action: 'SETTLE',
      from: ['PENDING'],
      to: 'PAID',
      by: [],
      guard: 'by itself: what was paid and not given back reaches the total; a total of zero at once',
    },
    {
      row: 'B5',
      action: 'REFUND',
      from: ['PENDING'],
      to: 'PENDING',
      by: management,
      guard: 'at most what is left of its payment',
    },
    { row: 'B5', action: 'REFUND', from: ['PAID'], to: 'PAID', by: management, guard: 'as above' },
    {
      row: 'B6',
      action: 'GIVE_ALL_BACK',
      from: ['PAID'],
      to: 'REFUNDED',
      by: [],
      guard: 'by itself: all that was paid has been given back',
    },
    {
      row: 'B7',
      action: 'VOID',
      from: ['PENDING'],
      to: 'VOID',
      by: management,
      guard: `with a reason; ${paymentsNetToZero}`,
    },
  ],
  describe: (from, action) =>
    from === 'PAID' && (action === 'VOID' || action === 'EDIT')
      ? 'This bill is paid, so it stays as it is. Give the money back instead.'
      : `This bill is ${inWords[from]}, so it cannot be ${stepInWords[action]}. Reload to see it as it is now.`,
});

const inWords: Record<BillStatus, string> = {
  PENDING: 'not paid yet',
  PAID: 'paid already',
  REFUNDED: 'refunded already',
  VOID: 'void',
};

const stepInWords: Record<BillStep | BillConsequence, string> = {
  MAKE: 'made',
  EDIT: 'changed',
  RECORD_PAYMENT: 'paid',
  PAY_ONLINE: 'paid online',
  SETTLE: 'settled',
  REFUND: 'refunded',
  GIVE_ALL_BACK: 'refunded',
  VOID: 'made void',
};

/** Minor units of the clinic's currency. */
export interface BillMoney {
  totalMinor: number;
  /** All that ever came in, whether given back since or not. */
  paidMinor: number;
  /** What has been given back. */
  refundedMinor: number;
}

export interface BillState extends BillMoney {
  status: BillStatus;
  doctorId: string;
}

/** Who asks. */
export interface BillCircumstances {
  roles: readonly Role[];
  /** The caller's own doctor profile. */
  doctorId: string | null;
  /** Whether there is a gateway to pay at. */
  isGatewayOpen: boolean;
}

/** What came in and was not given back. */
export const netPaid = ({ paidMinor, refundedMinor }: Omit<BillMoney, 'totalMinor'>): number =>
  paidMinor - refundedMinor;

/** What is still owed: nothing once the bill was settled or made void, whatever is given back afterwards. */
export const balanceOf = (bill: BillState): number =>
  bill.status === 'PENDING' ? Math.max(0, bill.totalMinor - netPaid(bill)) : 0;

/**
 * The state that follows from the money. Part payments leave a bill PENDING, part refunds leave it PAID.
 * Source: domain.md: "PAID and REFUNDED are derived from payments and refunds".
 */
export function stateAfter(bill: BillState): BillStatus {
  const { status, totalMinor } = bill;
  if (status === 'PENDING' && netPaid(bill) >= totalMinor) return billLifecycle.move(status, 'SETTLE');
  if (status === 'PAID' && totalMinor > 0 && netPaid(bill) === 0) return billLifecycle.move(status, 'GIVE_ALL_BACK');
  return status;
}

/** What a step asks for beside the table, in words; null when nothing stands in its way. */
function obstacleTo(step: BillStep, bill: BillState, who: BillCircumstances): string | null {
  switch (step) {
    case 'EDIT':
    case 'VOID':
      return netPaid(bill) === 0 ? null : 'Money was paid on this bill. Refund it first, then change the bill.';
    case 'REFUND':
      return netPaid(bill) > 0 ? null : 'Nothing was paid that could be given back.';
    case 'PAY_ONLINE':
      return who.isGatewayOpen ? null : 'This clinic takes no payments online. Pay at the front desk.';
    case 'RECORD_PAYMENT':
      return null;
  }
}

/** DOCTOR counts for a doctor's own bills alone. */
const rolesAt = (bill: BillState, { roles, doctorId }: BillCircumstances): readonly Role[] =>
  doctorId === bill.doctorId ? roles : roles.filter((role) => role !== 'DOCTOR');

/** What the caller may do with a bill now. Clients draw their buttons from it and know no table. */
export function allowedBillSteps(bill: BillState, who: BillCircumstances): BillStep[] {
  return billLifecycle
    .allowedActions(bill.status, rolesAt(bill, who))
    .filter((step): step is BillStep => step !== 'MAKE' && step !== 'SETTLE' && step !== 'GIVE_ALL_BACK')
    .filter((step) => obstacleTo(step, bill, who) === null);
}

/**
 * Takes one step; what it does to the money, and the state that follows from that, comes after.
 *
 * @returns the state that follows from the step alone
 * @throws DomainError INVALID_TRANSITION with words for whoever asked
 */
export function takeBillStep(bill: BillState, step: BillStep, who: BillCircumstances): BillStatus {
  const next = billLifecycle.move(bill.status, step);
  const obstacle = obstacleTo(step, bill, who);
  if (obstacle !== null) throw new DomainError('INVALID_TRANSITION', obstacle);
  return next;
}

/** One appointment has one of these at most. */
export const liveStatuses: readonly BillStatus[] = ['PENDING', 'PAID'];

const numberDigits = 6;

/** A bill's number as people read it: 2026-000123. */
export const billNumber = (year: number, sequence: number): string =>
  `${year}-${String(sequence).padStart(numberDigits, '0')}`;
