import type { Transaction } from '../../platform/db/transaction.ts';
import type { Bill } from './bill.entity.ts';
import type { Payment, Refund } from './payment.entity.ts';

/** What bills ask of the place where patients pay online. */
export interface OnlinePayments {
  readonly isOpen: boolean;
  /** Lets money go back the way it came, after the commit; the gateway's word makes the refund PAID or FAILED. */
  requestRefund(tx: Transaction, about: { bill: Bill; payment: Payment; refund: Refund }): Promise<void>;
}

let connected: OnlinePayments = {
  isOpen: false,
  requestRefund: () => {
    throw new Error('Nothing was paid online where there is no gateway.');
  },
};

/** Connected in app/: which gateway there is depends on the installation. */
export function connectOnlinePayments(port: OnlinePayments): void {
  connected = port;
}

export const onlinePayments: OnlinePayments = {
  get isOpen() {
    return connected.isOpen;
  },
  requestRefund: (tx, about) => connected.requestRefund(tx, about),
};
