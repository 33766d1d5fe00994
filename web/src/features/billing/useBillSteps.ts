import { useSession } from '../../app/session.ts';
import type { UserErrorLike } from '../../composables/form-errors.ts';
import {
  CreateBillDocument,
  RecordPaymentDocument,
  RefundPaymentDocument,
  UpdateBillDocument,
  VoidBillDocument,
  type CreateBillInput,
  type RecordPaymentInput,
  type RefundPaymentInput,
  type StaffBillFragment,
  type UpdateBillInput,
} from '../../gql/graphql.ts';
import { billUpdates } from './bill-channel.ts';

export interface BillAnswer {
  /** With ALREADY_EXISTS the one there is. */
  readonly bill: StaffBillFragment | null;
  readonly userErrors: readonly UserErrorLike[];
}

/** Lists and figures on this screen follow an own step at once, not only when the live connection brings it. */
function answerOf(payload: BillAnswer | null | undefined): BillAnswer {
  if (payload?.bill) billUpdates.send(payload.bill);
  return payload ?? { bill: null, userErrors: [] };
}

/** The steps of a bill, one call each. */
export function useBillSteps() {
  const { client } = useSession();
  return {
    create: async (input: CreateBillInput): Promise<BillAnswer> =>
      answerOf((await client.mutate({ mutation: CreateBillDocument, variables: { input } })).data?.createBill),
    update: async (input: UpdateBillInput): Promise<BillAnswer> =>
      answerOf((await client.mutate({ mutation: UpdateBillDocument, variables: { input } })).data?.updateBill),
    makeVoid: async (id: string, reason: string): Promise<BillAnswer> =>
      answerOf((await client.mutate({ mutation: VoidBillDocument, variables: { id, reason } })).data?.voidBill),
    pay: async (input: RecordPaymentInput): Promise<BillAnswer> =>
      answerOf((await client.mutate({ mutation: RecordPaymentDocument, variables: { input } })).data?.recordPayment),
    refund: async (input: RefundPaymentInput): Promise<BillAnswer> =>
      answerOf((await client.mutate({ mutation: RefundPaymentDocument, variables: { input } })).data?.refundPayment),
  };
}
