import { allow, permissions } from '../../access/permissions.ts';
import type { Role } from '../../access/roles.ts';

/** Doctors their own, the owner everybody's; an admin is not told what doctors earn. */
export const earningsReaders: readonly Role[] = ['DOCTOR', 'OWNER'];

export const earningsPermissions = permissions(
  allow(earningsReaders).ask('earnings'),
  allow(earningsReaders).read('Earnings', [
    'paid',
    'pending',
    'refunded',
    'doctorShare',
    'owed',
    'payouts',
    'byDay',
    'payments',
    'csvUrl',
    'pdfUrl',
  ]),
  allow(earningsReaders).read('EarningsDay', ['date', 'paid', 'pending', 'refunded', 'doctorShare']),
  allow(earningsReaders).read('Payout', ['id', 'doctor', 'amount', 'reference', 'paidAt']),
  allow(['OWNER']).call('recordPayout'),
  allow(['OWNER']).read('PayoutPayload', ['payout', 'userErrors']),
);
