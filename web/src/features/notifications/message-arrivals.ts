import { onScopeDispose } from 'vue';
import type { NotificationType } from '../../gql/graphql.ts';

type Listener = (type: NotificationType) => void;

const listeners = new Set<Listener>();

/** Says what kind of message has just arrived: screens about the same thing look again. */
export function announceArrival(type: NotificationType): void {
  for (const listener of listeners) listener(type);
}

/** Calls back for each message that arrives, for as long as the calling component lives. */
export function onArrival(listener: Listener): void {
  listeners.add(listener);
  onScopeDispose(() => listeners.delete(listener));
}
