import { describe, expect, it } from 'vitest';
import { guessCurrency, isSlug, suggestSlug } from './clinic-slug.ts';

describe('suggesting a web address', () => {
  it('keeps letters and digits, and drops accents', () => {
    expect(suggestSlug('Sta. Cruz Eye & Ear')).toBe('sta-cruz-eye-ear');
    expect(suggestSlug('Clínica Peñafrancia')).toBe('clinica-penafrancia');
    expect(suggestSlug('  ***  ')).toBe('');
  });

  it('ends before the limit without a dash', () => {
    const slug = suggestSlug('The Very Long Name of a Clinic that Goes On and On');

    expect(slug.length).toBeLessThanOrEqual(40);
    expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });
});

describe('a web address', () => {
  it('is lower-case letters, digits and single dashes', () => {
    expect(['st-luke', 'a1', '24-7'].every(isSlug)).toBe(true);
    expect(['a', 'St-Luke', '-a', 'a-', 'a--b', 'a b', 'ü1', 'a'.repeat(41)].some(isSlug)).toBe(false);
  });
});

describe('guessing a currency', () => {
  it('goes by the region, told or likely', () => {
    expect(guessCurrency('en-PH')).toBe('PHP');
    expect(guessCurrency('de')).toBe('EUR');
    expect(guessCurrency('en-AQ')).toBe('USD');
  });
});
