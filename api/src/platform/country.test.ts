import { describe, expect, it } from 'vitest';
import { countryOf } from './country.ts';

describe('the country of a clinic', () => {
  it.each([
    ['Asia/Manila', 'en', 'PH'],
    ['Asia/Kolkata', 'en', 'IN'],
    ['America/New_York', 'en-GB', 'US'],
    ['UTC', 'en-PH', 'PH'],
    ['UTC', 'en', null],
  ])('with clocks of %s and the language %s is %s', (timeZone, locale, country) => {
    expect(countryOf({ timeZone, locale })).toBe(country);
  });
});
