import { describe, expect, it } from 'vitest';
import { readVitals, vitalTexts } from './vitals.ts';

describe('vital signs as they are typed', () => {
  it('may have a comma, and what is empty is cleared', () => {
    const { input, unreadable } = readVitals({ ...vitalTexts(null), temperature: '37,2', pulse: ' 72 ' });

    expect(input).toEqual({
      temperature: '37.2',
      pulse: 72,
      systolic: null,
      diastolic: null,
      weight: null,
      height: null,
    });
    expect(unreadable).toEqual([]);
  });

  it('are named where they are no numbers, or no whole ones where only those will do', () => {
    const { unreadable } = readVitals({ ...vitalTexts(null), temperature: 'warm', systolic: '120.5' });

    expect(unreadable).toEqual(['temperature', 'systolic']);
  });
});
