import { describe, expect, it } from 'vitest';
import { joinAllergies, joinFacts, joinHistories, type RecordFacts } from './patient-merge.domain.ts';

const facts = (changes: Partial<RecordFacts> = {}): RecordFacts => ({
  lastName: null,
  birthDate: null,
  birthDateEstimated: false,
  sex: 'UNKNOWN',
  phone: null,
  email: null,
  address: null,
  emailConsent: false,
  smsConsent: false,
  marketingConsent: false,
  preferencesUpdatedAt: new Date('2030-01-01T00:00:00Z'),
  preferencesUpdatedByName: null,
  ...changes,
});

describe('the facts of the record that stays', () => {
  it('are its own where it has them, else the other’s', () => {
    const keep = facts({ lastName: 'Cruz', phone: '+639171234567' });
    const merged = facts({ lastName: 'Santos', phone: '+639170000000', email: 'ana@example.org', sex: 'FEMALE' });

    expect(joinFacts(keep, merged)).toEqual({ ...keep, email: 'ana@example.org', sex: 'FEMALE' });
  });

  it('prefer a known day of birth to an estimated one', () => {
    const estimated = facts({ birthDate: '1990-01-01', birthDateEstimated: true });
    const known = facts({ birthDate: '1991-06-14' });

    expect(joinFacts(estimated, known)).toMatchObject({ birthDate: '1991-06-14', birthDateEstimated: false });
    expect(joinFacts(known, estimated)).toMatchObject({ birthDate: '1991-06-14', birthDateEstimated: false });
    expect(joinFacts(facts(), estimated)).toMatchObject({ birthDate: '1990-01-01', birthDateEstimated: true });
    expect(joinFacts(estimated, facts())).toMatchObject({ birthDate: '1990-01-01', birthDateEstimated: true });
  });

  it('take all three consents from whoever stated them last', () => {
    const later = facts({
      smsConsent: true,
      preferencesUpdatedAt: new Date('2030-02-01T00:00:00Z'),
      preferencesUpdatedByName: 'Rosa',
    });
    const earlier = facts({ emailConsent: true });

    for (const joined of [joinFacts(later, earlier), joinFacts(earlier, later)])
      expect(joined).toMatchObject({ emailConsent: false, smsConsent: true, preferencesUpdatedByName: 'Rosa' });
  });
});

describe('clinical parts', () => {
  it('keep every allergy once, however it is spelled', () => {
    expect(joinAllergies(['Penicillin', 'Café'], ['PENICILLIN', 'cafe', 'Latex'])).toEqual([
      'Penicillin',
      'Café',
      'Latex',
    ]);
  });

  it.each([
    [null, null, null],
    ['a', null, 'a'],
    [null, 'b', 'b'],
    ['a', 'b', 'a\n\nb'],
    ['a and b', 'b', 'a and b'],
    ['b', 'a and b', 'a and b'],
  ])('of %j and %j have the history %j', (keep, merged, joined) => {
    expect(joinHistories(keep, merged)).toBe(joined);
  });
});
