import type { KnownItem } from './prescription-draft.ts';

type Translate = (key: string, count: number) => string;

/** How a medication is taken, in one line: 1 tablet · twice a day · 7 days. */
export function itemWords({ dosage, frequency, durationDays }: KnownItem, t: Translate): string {
  const days = durationDays === null ? null : t('prescription.days', durationDays);
  return [dosage, frequency, days].filter((part) => part !== null && part !== '').join(' · ');
}
