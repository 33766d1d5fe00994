import { foldText } from '../../platform/folding.ts';
import type { EarlierPrescription, PrescribedItem } from './medication.domain.ts';

/** What a doctor prescribes again and again, in the words they used last. */
export interface Favourite extends PrescribedItem {
  usedCount: number;
  lastUsedAt: Date;
}

/** After so many days a use counts half: habits change. */
const halfLifeDays = 60;
const dayMs = 24 * 60 * 60 * 1_000;

const keyOf = ({ medication, dosage, frequency, durationDays, instructions }: PrescribedItem): string =>
  JSON.stringify([medication, dosage, frequency ?? '', instructions ?? ''].map(foldText).concat(String(durationDays)));

/**
 * Ranks what was prescribed, the same medication in the same way: often and lately before seldom and long ago.
 *
 * @param prescriptions  newest first
 * @param search         words that must each begin one of the medication’s own, without case and accents
 */
export function favouritesAmong(
  prescriptions: readonly EarlierPrescription[],
  { search, first, now }: { search: string; first: number; now: Date },
): Favourite[] {
  const wanted = foldText(search).split(' ').filter(Boolean);
  const found = new Map<string, { favourite: Favourite; score: number }>();
  for (const { createdAt, items } of prescriptions) {
    const score = 0.5 ** ((now.getTime() - createdAt.getTime()) / dayMs / halfLifeDays);
    for (const item of items) {
      if (!isWanted(item.medication, wanted)) continue;
      const key = keyOf(item);
      const known = found.get(key);
      if (known === undefined) found.set(key, { favourite: { ...item, usedCount: 1, lastUsedAt: createdAt }, score });
      else {
        known.favourite.usedCount += 1;
        known.score += score;
      }
    }
  }
  return [...found.values()]
    .sort((one, other) => other.score - one.score || one.favourite.medication.localeCompare(other.favourite.medication))
    .slice(0, first)
    .map(({ favourite }) => favourite);
}

function isWanted(medication: string, wanted: readonly string[]): boolean {
  const words = foldText(medication).split(/[\s/+-]+/);
  return wanted.every((word) => words.some((each) => each.startsWith(word)));
}
