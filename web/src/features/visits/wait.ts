import type { ChipTone } from '../../ui/StatusChip.vue';

export interface WaitLook {
  /** The locale key behind `queue.wait.`. */
  readonly word: 'usual' | 'long' | 'veryLong';
  readonly icon: string;
  readonly tone: ChipTone;
}

const longMinutes = 20;
const veryLongMinutes = 40;

/** Whole minutes between two instants, never below zero: a device's clock may be behind. */
export const minutesSince = (instant: string, nowMs: number): number =>
  Math.max(0, Math.floor((nowMs - Date.parse(instant)) / 60_000));

/** How a wait is shown: never by its colour alone. */
export function waitLook(minutes: number): WaitLook {
  if (minutes >= veryLongMinutes) return { word: 'veryLong', icon: 'i-lucide-triangle-alert', tone: 'error' };
  if (minutes >= longMinutes) return { word: 'long', icon: 'i-lucide-hourglass', tone: 'warning' };
  return { word: 'usual', icon: 'i-lucide-clock', tone: 'neutral' };
}
