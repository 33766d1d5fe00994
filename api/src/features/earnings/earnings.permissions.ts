import { allow, permissions } from '../../access/permissions.ts';

export const earningsPermissions = permissions(
  // Doctors their own, the owner everybody's; an admin is not told what doctors earn.
  allow(['DOCTOR', 'OWNER']).ask('earnings'),
  allow(['DOCTOR', 'OWNER']).read('Earnings', [
    'paid',
    'pending',
    'refunded',
    'doctorShare',
    'owed',
    'payouts',
    'byDay',
    'payments',
  ]),
  allow(['DOCTOR', 'OWNER']).read('EarningsDay', ['date', 'paid', 'pending', 'refunded', 'doctorShare']),
  allow(['DOCTOR', 'OWNER']).read('Payout', ['id', 'doctor', 'amount', 'reference', 'paidAt']),
  allow(['OWNER']).call('recordPayout'),
  allow(['OWNER']).read('PayoutPayload', ['payout', 'userErrors']),
);
