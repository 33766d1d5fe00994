import { allow, permissions } from '../../access/permissions.ts';
import { FRONT_DESK, MANAGEMENT, type Role } from '../../access/roles.ts';

/** Whoever handles a clinic's money, and the doctors for their own. */
const BOOKS: readonly Role[] = [...FRONT_DESK, 'DOCTOR'];
/** And whoever pays: a patient their own bills. Nurses see no money. */
export const MONEY: readonly Role[] = [...BOOKS, 'PATIENT'];

export const billingPermissions = permissions(
  allow(MONEY).ask('bill'),
  allow(BOOKS).ask('bills', 'payments'),
  allow(FRONT_DESK).ask('takings'),
  allow(MONEY).watch('billChanged'),
  allow(MONEY).read('BillUpdate', ['cursor', 'at', 'resync', 'bill']),
  allow(MONEY).readList('Bill'),
  allow(MONEY).read('Bill', [
    'id',
    'number',
    'status',
    'appointment',
    'patient',
    'doctor',
    'items',
    'subtotal',
    'discount',
    'tax',
    'total',
    'paid',
    'refunded',
    'balance',
    'notes',
    'voidReason',
    'payments',
    'allowedActions',
    'receiptUrl',
    'createdAt',
    'version',
  ]),
  // Whoever holds the paper holds the token.
  allow('PUBLIC').ask('receiptCheck'),
  allow('PUBLIC').read('ReceiptCheck', ['number', 'date', 'amount', 'isVoid']),
  allow(MONEY).read('BillItem', ['description', 'service', 'quantity', 'unitPrice', 'taxPercent', 'tax', 'total']),
  allow(MONEY).read('Appointment', ['bill']),
  allow(MONEY).read('Visit', ['bill']),
  allow(MONEY).read('Patient', ['bills']),
  allow([...FRONT_DESK, 'PATIENT']).read('Patient', ['balance']),
  allow(BOOKS).readList('Payment'),
  allow(MONEY).read('Payment', [
    'id',
    'bill',
    'amount',
    'method',
    'status',
    'refunds',
    'reference',
    'paidAt',
    'createdAt',
  ]),
  allow(BOOKS).read('Payment', ['receivedBy']),
  // The widest role; whose payment it is, the database decides: a share that is not theirs is null.
  allow(['DOCTOR', 'OWNER']).read('Payment', ['doctorShare']),
  allow(['OWNER']).read('Payment', ['clinicShare']),
  allow(MONEY).read('Refund', ['id', 'payment', 'status', 'amount', 'reason', 'createdAt']),
  allow(['DOCTOR']).read('TodaysWork', ['revenue']),
  allow(['DOCTOR']).read('RevenueBreakdown', ['paid', 'pending', 'refunded']),
  allow(FRONT_DESK).read('MethodTotal', ['method', 'paymentCount', 'received', 'refunded']),

  allow(BOOKS).call('createBill', 'updateBill'),
  allow(MANAGEMENT).call('voidBill', 'refundPayment'),
  allow(FRONT_DESK).call('recordPayment'),
  allow(['DOCTOR']).call('markTreated'),
  allow(BOOKS).set('AppointmentFilter', ['readyToClose']),
  allow(BOOKS).read('BillPayload', ['bill', 'userErrors']),
  allow(FRONT_DESK).read('PaymentPayload', ['payment', 'bill', 'userErrors']),
);
