import { describe, expect, it } from 'vitest';
import { bringTogether, changedFields, editInput, editValues, type EditValues } from './patient-edit.ts';

const base: EditValues = editValues({
  firstName: 'Ana',
  lastName: null,
  birthDate: '1990-06-14',
  sex: 'FEMALE',
  phone: '+639171234567',
  email: null,
  address: 'Cebu',
  allergies: ['Dust'],
});

describe('an edit', () => {
  it('sends what was changed, clears what was emptied, and leaves the rest out', () => {
    const values = { ...base, lastName: ' Cruz ', phone: '', allergies: 'Dust\n\n Latex ' };

    expect(editInput(base, values, () => null)).toEqual({
      lastName: 'Cruz',
      phone: null,
      allergies: ['Dust', 'Latex'],
    });
  });

  it('is none when only blanks were added', () => {
    expect(changedFields(base, { ...base, address: 'Cebu ' })).toEqual([]);
    expect(editInput(base, base, () => null)).toEqual({});
  });
});

describe('a clash', () => {
  it('takes what others saved, keeps what I typed, and names where both did', () => {
    const mine = { ...base, address: 'Manila', phone: '+639170000000' };
    const theirs = { ...base, address: 'Davao', email: 'ana@example.org' };

    expect(bringTogether(base, mine, theirs)).toEqual({
      values: { ...base, address: 'Manila', phone: '+639170000000', email: 'ana@example.org' },
      fields: ['address'],
    });
  });

  it('is none where both typed the same', () => {
    const same = { ...base, address: 'Davao' };

    expect(bringTogether(base, same, same).fields).toEqual([]);
  });
});
