import { describe, expect, it } from 'vitest';
import { activeCourse, allergiesAgainst, isSameMedication, type PrescribedItem } from './medication.domain.ts';

describe('allergies against a medication', () => {
  it('are found by name, without case and accents, as whole words', () => {
    expect(allergiesAgainst('penicillin V 500', ['Penicillin'])).toEqual(['Penicillin']);
    expect(allergiesAgainst('PÉNICILLINE G', ['penicilline'])).toEqual(['penicilline']);
    expect(allergiesAgainst('Sulfamethoxazole/Trimethoprim', ['trimethoprim'])).toEqual(['trimethoprim']);
    expect(allergiesAgainst('egg lecithin', ['Egg'])).toEqual(['Egg']);
    expect(allergiesAgainst('Penicillin V', ['Penicillins'])).toEqual(['Penicillins']);
    expect(allergiesAgainst('पेनिसिलिन 500', ['पेनिसिलिन'])).toEqual(['पेनिसिलिन']);
  });

  it('are not found inside another word', () => {
    expect(allergiesAgainst('Pencil', ['pen'])).toEqual([]);
    expect(allergiesAgainst('Eggplant extract', ['egg'])).toEqual([]);
    expect(allergiesAgainst('Amoxicillin', ['Penicillin'])).toEqual([]);
    expect(allergiesAgainst('', ['Penicillin'])).toEqual([]);
  });

  it('are found behind what people write beside them', () => {
    for (const noted of [
      'Penicillin (rash)',
      'Allergic to penicillin',
      'severe penicillin allergy',
      'Penicillin - hives as a child',
      'Aspirin, Penicillin',
      'aspirin and penicillin',
    ])
      expect(allergiesAgainst('Penicillin V 500 mg', [noted])).toEqual([noted]);
  });

  it('of more words are found when all of them stand together', () => {
    expect(allergiesAgainst('Vitamin B12 forte', ['vitamin B12'])).toEqual(['vitamin B12']);
    expect(allergiesAgainst('Vitamin C', ['vitamin B12'])).toEqual([]);
  });

  it('that say nothing warn of nothing', () => {
    expect(allergiesAgainst('Penicillin drugs and more', ['drugs', 'allergy', ' ', '()'])).toEqual([]);
  });
});

describe('two medications', () => {
  it('are the same by name, whatever strength and form', () => {
    expect(isSameMedication('Amoxicillin 500 mg capsules', 'AMOXICILLIN')).toBe(true);
    expect(isSameMedication('Paracétamol 1g', 'paracetamol')).toBe(true);
    expect(isSameMedication('Penicillin V', 'Penicillin G')).toBe(false);
    expect(isSameMedication('500', '250')).toBe(false);
  });
});

const item = (medication: string, durationDays: number | null): PrescribedItem => ({
  medication,
  dosage: '1',
  frequency: null,
  durationDays,
  instructions: null,
});
const nine = (day: number) => new Date(Date.UTC(2030, 2, day, 9));

describe('an active course', () => {
  const earlier = [
    { createdAt: nine(1), items: [item('Amoxicillin 500', 7), item('Cetirizine', null)] },
    { createdAt: nine(3), items: [item('amoxicillin', 7)] },
  ];

  it('runs for its days from when it was prescribed, to the last of several', () => {
    expect(activeCourse('AMOXICILLIN 250 mg', earlier, nine(4))).toEqual({
      medication: 'amoxicillin',
      until: nine(10),
    });
    expect(activeCourse('Amoxicillin', earlier, nine(10))).toBeNull();
  });

  it('of unknown length runs for thirty days', () => {
    expect(activeCourse('cetirizine', earlier, nine(30))).toEqual({ medication: 'Cetirizine', until: nine(31) });
    expect(activeCourse('cetirizine', earlier, nine(31))).toBeNull();
  });

  it('is of that medication alone', () => {
    expect(activeCourse('Ibuprofen', earlier, nine(4))).toBeNull();
  });
});
