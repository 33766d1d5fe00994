import type { Transaction } from '../../platform/db/transaction.ts';
import { DomainError } from '../../platform/errors.ts';
import type { Ctx } from '../../access/ctx.ts';
import type { ClinicRow } from '../clinics/index.ts';
import { serviceById, serviceId, type ServiceRow } from '../services/index.ts';
import { amountsOf, type BillAmounts } from './bill-amounts.domain.ts';
import { BillItemEntity, type Bill } from './bill.entity.ts';
import { basisPointsOf, readAmount, type ItemRequest } from './billing.rules.ts';

/** One line, read and priced. */
export interface PlannedItem {
  description: string;
  serviceId: string | null;
  quantity: number;
  unitPriceMinor: number;
  taxPercent: string;
}

/**
 * Reads the lines of a bill. A line's tax is what it says, else the service's, else the clinic's.
 *
 * @throws DomainError INVALID_INPUT naming the line; RequestError BAD_USER_INPUT for an id of another kind
 */
export async function planItems(ctx: Ctx, clinic: ClinicRow, items: readonly ItemRequest[]): Promise<PlannedItem[]> {
  return Promise.all(
    items.map(async (item, index) => {
      const at = (field: string) => ['items', String(index), field];
      const id = item.serviceId == null ? null : serviceId.parse(item.serviceId, ['input', ...at('serviceId')]);
      const service = id === null ? null : await ctx.load(serviceById, id);
      if (id !== null && service === null)
        throw new DomainError('INVALID_INPUT', 'Choose a service of this clinic.', at('serviceId'));
      return {
        description: item.description,
        serviceId: id,
        quantity: item.quantity,
        unitPriceMinor: readAmount(item.unitPrice, clinic.currency, { field: at('unitPrice') }),
        taxPercent: item.taxPercent ?? taxOf(service, clinic),
      };
    }),
  );
}

/** One amount for the appointment's service. */
export function planAmount(clinic: ClinicRow, service: ServiceRow, amount: string): PlannedItem[] {
  const unitPriceMinor = readAmount(amount, clinic.currency, { field: ['amount'] });
  const { id, name } = service;
  return [{ description: name, serviceId: id, quantity: 1, unitPriceMinor, taxPercent: taxOf(service, clinic) }];
}

const taxOf = (service: ServiceRow | null, clinic: ClinicRow): string => service?.taxPercent ?? clinic.taxPercent;

/** @throws DomainError AMOUNT_EXCEEDED for a discount beyond the lines, INVALID_INPUT for amounts beyond counting */
export function amountsOfPlan(items: readonly PlannedItem[], discountMinor: number): BillAmounts {
  try {
    const priced = items.map((item) => ({ ...item, taxBasisPoints: basisPointsOf(item.taxPercent) }));
    return amountsOf(priced, discountMinor);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new DomainError('AMOUNT_EXCEEDED', 'The discount is more than all lines together. Enter a smaller one.', [
      'discount',
    ]);
  }
}

/** Writes the lines of a bill that has none. */
export function writeItems(tx: Transaction, bill: Bill, items: readonly PlannedItem[], amounts: BillAmounts): void {
  const { id: billId, clinicId, doctorId, patientId } = bill;
  items.forEach((item, position) => {
    const line = amounts.items[position];
    if (line === undefined) throw new Error('A line has no amounts.');
    const { discountMinor, taxMinor, totalMinor } = line;
    tx.em.create(BillItemEntity, {
      ...item,
      billId,
      position,
      clinicId,
      doctorId,
      patientId,
      discountMinor,
      taxMinor,
      totalMinor,
    });
  });
}

export const totalsOf = ({ subtotalMinor, discountMinor, taxMinor, totalMinor }: BillAmounts) => ({
  subtotalMinor,
  discountMinor,
  taxMinor,
  totalMinor,
});
