import { badUserInput } from '../../platform/errors.ts';
import { addDays, startOfDay } from '../../platform/zone.ts';
import type { Ctx } from '../../access/ctx.ts';
import { doctorId } from '../accounts/index.ts';
import { patientId, patientIdsFound } from '../patients/index.ts';
import type { BillFilter, PaymentFilter } from './billing.inputs.ts';
import type { BillListFilter, PaymentListFilter } from './billing-lists.queries.ts';

const billNumber = /^(?:(\d{4})-)?0*(\d{1,9})$/;

/**
 * Reads a filter. It only ever narrows: whose rows a caller sees at all, the database decides from the session.
 *
 * @throws RequestError BAD_USER_INPUT for an id of another kind, naming the field
 */
export async function readBillFilter(ctx: Ctx, filter: BillFilter | null | undefined): Promise<BillListFilter> {
  const search = filter?.search?.trim() ?? '';
  const number = billNumber.exec(search);
  return {
    ...partiesOf(ctx, filter),
    ...daysOf(ctx, filter),
    number:
      number === null
        ? null
        : { year: number[1] === undefined ? null : Number(number[1]), sequence: Number(number[2]) },
    patientIds: number === null && search !== '' ? ((await patientIdsFound(ctx, search)) ?? []) : null,
    status: filter?.status ?? null,
  };
}

/** @throws RequestError BAD_USER_INPUT for an id of another kind, naming the field */
export const readPaymentFilter = (ctx: Ctx, filter: PaymentFilter | null | undefined): PaymentListFilter => ({
  ...partiesOf(ctx, filter),
  ...daysOf(ctx, filter),
  status: filter?.status ?? null,
  method: filter?.method ?? null,
  by: 'created_at',
});

interface Parties {
  doctorId?: string | null;
  patientId?: string | null;
}

/** Unfiltered, a doctor's list takes the index of their own. */
function partiesOf(ctx: Ctx, filter: Parties | null | undefined) {
  const { role, doctorId: own } = ctx.signedIn;
  const wanted = filter?.doctorId == null ? null : doctorId.parse(filter.doctorId, ['filter', 'doctorId']);
  return {
    doctorId: wanted ?? (role === 'DOCTOR' ? own : null),
    patientId: filter?.patientId == null ? null : patientId.parse(filter.patientId, ['filter', 'patientId']),
  };
}

function daysOf(ctx: Ctx, filter: { from?: string | null; to?: string | null } | null | undefined) {
  const { timeZone } = ctx.signedIn;
  const { from, to } = filter ?? {};
  if (from != null && to != null && to < from)
    throw badUserInput('The last day is before the first.', ['filter', 'to']);
  return {
    from: from == null ? null : startOfDay(from, timeZone),
    to: to == null ? null : startOfDay(addDays(to, 1), timeZone),
  };
}
