import type { BillStatus, PaymentMethod } from '../../gql/graphql.ts';
import type { ChipTone } from '../../ui/StatusChip.vue';

/** How a bill's state is shown: never by its colour alone. The words stand behind `bill.state.`. */
export const billLooks: Readonly<Record<BillStatus, { readonly icon: string; readonly tone: ChipTone }>> = {
  PENDING: { icon: 'i-lucide-hourglass', tone: 'warning' },
  PAID: { icon: 'i-lucide-circle-check', tone: 'success' },
  REFUNDED: { icon: 'i-lucide-undo-2', tone: 'info' },
  VOID: { icon: 'i-lucide-ban', tone: 'neutral' },
};

export const methodIcons: Readonly<Record<PaymentMethod, string>> = {
  CASH: 'i-lucide-banknote',
  CARD: 'i-lucide-credit-card',
  BANK_TRANSFER: 'i-lucide-landmark',
  MOBILE_WALLET: 'i-lucide-smartphone',
  ONLINE: 'i-lucide-globe',
};

/** How money is taken at the desk; what comes online comes by itself. */
export const deskMethods: readonly PaymentMethod[] = ['CASH', 'CARD', 'BANK_TRANSFER', 'MOBILE_WALLET'];
