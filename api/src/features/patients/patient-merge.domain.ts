import { foldName, type SexValue } from './patient.domain.ts';

/** The facts of a record that two of them may know differently. */
export interface RecordFacts {
  lastName: string | null;
  birthDate: string | null;
  birthDateEstimated: boolean;
  sex: SexValue;
  phone: string | null;
  email: string | null;
  address: string | null;
  emailConsent: boolean;
  smsConsent: boolean;
  marketingConsent: boolean;
  preferencesUpdatedAt: Date;
  preferencesUpdatedByName: string | null;
}

/**
 * The facts of the record that stays: its own where it has one, else the other's. A known day of birth goes before an
 * estimated one. Of the consents the ones that were stated last hold, all three together with when and by whom.
 */
export function joinFacts(keep: RecordFacts, merged: RecordFacts): RecordFacts {
  const isBirthDateBetter = keep.birthDate === null || (keep.birthDateEstimated && !merged.birthDateEstimated);
  const birth = isBirthDateBetter && merged.birthDate !== null ? merged : keep;
  const consents = merged.preferencesUpdatedAt > keep.preferencesUpdatedAt ? merged : keep;
  return {
    lastName: keep.lastName ?? merged.lastName,
    birthDate: birth.birthDate,
    birthDateEstimated: birth.birthDateEstimated,
    sex: keep.sex === 'UNKNOWN' ? merged.sex : keep.sex,
    phone: keep.phone ?? merged.phone,
    email: keep.email ?? merged.email,
    address: keep.address ?? merged.address,
    emailConsent: consents.emailConsent,
    smsConsent: consents.smsConsent,
    marketingConsent: consents.marketingConsent,
    preferencesUpdatedAt: consents.preferencesUpdatedAt,
    preferencesUpdatedByName: consents.preferencesUpdatedByName,
  };
}

/** Every allergy of both, each once, however it is spelled. */
export function joinAllergies(keep: readonly string[], merged: readonly string[]): string[] {
  const known = new Map<string, string>();
  for (const allergy of [...keep, ...merged]) {
    const folded = foldName(allergy);
    if (!known.has(folded)) known.set(folded, allergy);
  }
  return [...known.values()];
}

/** Both texts, the one that stays first; one alone when the other adds nothing. */
export function joinHistories(keep: string | null, merged: string | null): string | null {
  if (keep === null || keep === '') return merged;
  if (merged === null || keep.includes(merged)) return keep;
  return merged.includes(keep) ? merged : `${keep}\n\n${merged}`;
}
