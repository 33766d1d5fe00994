import { describe, expect, it } from 'vitest';
import { inOrder, presetOf, presets, rangeOf } from './ranges.ts';

describe('the days that a preset means', () => {
  it('are whole months and years, and weeks that end today', () => {
    const at = (today: string) => presets.map((preset) => Object.values(rangeOf(preset, today)).join(' '));

    expect(at('2028-02-29')).toEqual([
      '2028-02-29 2028-02-29',
      '2028-02-23 2028-02-29',
      '2028-02-01 2028-02-29',
      '2028-01-01 2028-01-31',
      '2027-12-01 2028-02-29',
      '2028-01-01 2028-12-31',
    ]);
    expect(at('2030-01-05').slice(2, 5)).toEqual([
      '2030-01-01 2030-01-31',
      '2029-12-01 2029-12-31',
      '2029-11-01 2030-01-31',
    ]);
  });

  it('are known again, and put in order', () => {
    expect(presets.map((preset) => presetOf(rangeOf(preset, '2030-03-04'), '2030-03-04'))).toEqual([...presets]);
    expect(presetOf({ from: '2030-03-02', to: '2030-03-31' }, '2030-03-04')).toBeNull();
    expect(inOrder('2030-03-04', '2030-03-01')).toEqual({ from: '2030-03-01', to: '2030-03-04' });
  });
});
