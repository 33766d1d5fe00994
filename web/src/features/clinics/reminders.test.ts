import { describe, expect, it } from 'vitest';
import { toggledReminder, withReminder } from './reminders.ts';

describe('the reminders of a clinic', () => {
  it('are taken in and out, the earliest first', () => {
    expect(toggledReminder([24, 2], 48)).toEqual([48, 24, 2]);
    expect(toggledReminder([48, 24, 2], 24)).toEqual([48, 2]);
  });

  it('take whole hours up to two weeks, once, and ten at most', () => {
    expect(withReminder([24], 3)).toEqual([24, 3]);
    expect(withReminder([24], 24)).toEqual([24]);
    expect([0, 337, 1.5, Number.NaN].map((lead) => withReminder([], lead))).toEqual([null, null, null, null]);
    expect(withReminder([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 11)).toBeNull();
  });
});
