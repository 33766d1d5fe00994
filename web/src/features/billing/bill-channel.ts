import { onScopeDispose } from 'vue';
import type { BillRowFragment } from '../../gql/graphql.ts';

type Listener = (bill: BillRowFragment) => void;

const listeners = new Set<Listener>();

/** Changes of bills, from the live connection and from this screen's own steps. */
export const billUpdates = {
  send: (bill: BillRowFragment): void => {
    for (const listener of listeners) listener(bill);
  },
  /** Listens for as long as the calling component lives. */
  listen: (listener: Listener): void => {
    listeners.add(listener);
    onScopeDispose(() => listeners.delete(listener));
  },
};
