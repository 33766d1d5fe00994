import { foldText } from '../../platform/folding.ts';

/** One line of a prescription, as it was written. */
export interface PrescribedItem {
  medication: string;
  dosage: string;
  frequency: string | null;
  /** Null where the doctor left it open. */
  durationDays: number | null;
  instructions: string | null;
}

/** What a patient was prescribed before, and is perhaps still taking. */
export interface EarlierPrescription {
  createdAt: Date;
  items: readonly PrescribedItem[];
}

const dayMs = 24 * 60 * 60 * 1_000;

/** A course whose length was left open counts as taken for so long: most clinics write a month's supply at a time. */
export const openCourseDays = 30;
export const longestCourseDays = 365;

/** What people write beside the substance when they note an allergy: it ends a name, and is none itself. */
const besideAllergies = new Set(
  'allergic allergy allergies to and or with severe mild moderate anaphylaxis anaphylactic reaction rash hives urticaria swelling itching drug drugs medication'.split(
    ' ',
  ),
);

/** Forms and units that stand beside a medication's name. */
const besideNames = new Set(
  'mg g mcg ug µg ml l iu ie u tab tabs tablet tablets cap caps capsule capsules syrup drops cream ointment solution suspension injection sachet'.split(
    ' ',
  ),
);

/** The words of a text, folded: letters and digits, without what joins them. */
const wordsOf = (text: string): string[] => foldText(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** Penicillins are penicillin; lens is not len. */
const singular = (word: string): string => (word.length > 5 && word.endsWith('s') ? word.slice(0, -1) : word);

const isSame = (one: string, other: string): boolean => singular(one) === singular(other);

/** The substances that a note of an allergy names, each as its words: "Penicillin (rash), sulfa drugs" names two. */
function substancesOf(allergy: string): string[][] {
  return allergy
    .split(/[()[\],;:/+&\n]| [-–—] /u)
    .flatMap((part) => {
      const names: string[][] = [[]];
      for (const word of wordsOf(part)) {
        if (besideAllergies.has(word)) names.push([]);
        else names.at(-1)?.push(word);
      }
      return names;
    })
    .filter((name) => name.length > 0);
}

/** Whether these words stand in the text one after the other, each as a whole. */
function holds(words: readonly string[], wanted: readonly string[]): boolean {
  return words.some((_word, start) =>
    wanted.every((word, index) => {
      const found = words[start + index];
      return found !== undefined && isSame(found, word);
    }),
  );
}

/**
 * The noted allergies that a medication's name holds, as they were noted. Whole words without case and accents, so that
 * "Penicillin" is found in "penicillin V 500" and "pen" is not in "Pencil". It knows names alone: that amoxicillin is a
 * penicillin it does not.
 */
export function allergiesAgainst(medication: string, allergies: readonly string[]): string[] {
  const words = wordsOf(medication);
  return allergies.filter((allergy) => substancesOf(allergy).some((substance) => holds(words, substance)));
}

/** A medication's name as it is compared: "Amoxicillin 500 mg capsules" and "AMOXICILLIN" are one. */
function nameOf(medication: string): string {
  const words = wordsOf(medication);
  const name = words.filter((word) => !/^\d/.test(word) && !besideNames.has(word));
  return (name.length === 0 ? words : name).join(' ');
}

export const isSameMedication = (one: string, other: string): boolean => nameOf(one) === nameOf(other);

/** When a course ends that began with its prescription. */
export const courseEnd = ({ createdAt }: Pick<EarlierPrescription, 'createdAt'>, durationDays: number | null): Date =>
  new Date(createdAt.getTime() + (durationDays ?? openCourseDays) * dayMs);

/** A medication that the patient is still taking, and until when at the latest. */
export interface ActiveMedication {
  medication: string;
  until: Date;
}

/** Of what was prescribed and not voided: whether this medication is being taken now, and until when. */
export function activeCourse(
  medication: string,
  earlier: readonly EarlierPrescription[],
  now: Date,
): ActiveMedication | null {
  const running = earlier.flatMap((prescription) =>
    prescription.items
      .filter((item) => isSameMedication(item.medication, medication))
      .map((item) => ({ medication: item.medication, until: courseEnd(prescription, item.durationDays) }))
      .filter(({ until }) => until > now),
  );
  return running.reduce<ActiveMedication | null>(
    (last, course) => (last === null || course.until > last.until ? course : last),
    null,
  );
}
