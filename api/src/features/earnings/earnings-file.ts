import { stringify } from 'csv-stringify/sync';
import { fromMinor } from '../../platform/money.ts';
import { dayOf } from '../../platform/zone.ts';
import { billNumber } from '../billing/index.ts';
import type { MovementKind, MovementRow } from './earnings.queries.ts';

const kinds: Readonly<Record<MovementKind, string>> = { PAYMENT: 'payment', UNPAID: 'unpaid bill', REFUND: 'refund' };

/**
 * A doctor's money as a table for spreadsheets, a line for each payment, unpaid bill and refund: the columns of amounts add
 * up to what the screen says. No patient is named. Texts that a spreadsheet would run as a formula are made harmless.
 *
 * @returns UTF-8 with a byte order mark, which Excel needs to believe it
 */
export function earningsCsv(
  rows: readonly MovementRow[],
  { currency, timeZone }: { currency: string; timeZone: string },
): string {
  const table = rows.map((row) => ({
    date: dayOf(row.at, timeZone),
    kind: kinds[row.kind],
    bill: billNumber(row.year, row.sequence),
    service: row.serviceName,
    method: row.method?.toLowerCase() ?? '',
    reference: row.reference ?? '',
    paid: row.paidMinor,
    unpaid: row.pendingMinor,
    refunded: row.refundedMinor,
    doctor_share: row.doctorShareMinor,
    currency,
  }));
  return stringify(table, {
    bom: true,
    header: true,
    columns: [
      'date',
      'kind',
      'bill',
      'service',
      'method',
      'reference',
      'paid',
      'unpaid',
      'refunded',
      'doctor_share',
      'currency',
    ],
    record_delimiter: '\r\n',
    escape_formulas: true,
    // All that is a number is an amount; as a number its minus is no formula's.
    cast: { number: (minor) => fromMinor(minor, currency) },
  });
}
