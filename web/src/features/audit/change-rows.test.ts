import { describe, expect, it } from 'vitest';
import { changeRows } from './change-rows.ts';

describe('what an entry says was changed', () => {
  it('is a line a field, with before and after for a pair', () => {
    expect(
      changeRows({ phone: [null, '+639171234567'], role: 'NURSE', fields: ['patient.allergies', 'staff'] }),
    ).toEqual([
      { field: 'phone', before: null, after: '+639171234567', isChange: true },
      { field: 'role', before: null, after: 'NURSE', isChange: false },
      { field: 'fields', before: null, after: 'patient.allergies, staff', isChange: false },
    ]);
  });

  it('is nothing when nothing is said', () => {
    expect(changeRows(null)).toEqual([]);
    expect(changeRows({})).toEqual([]);
  });
});
