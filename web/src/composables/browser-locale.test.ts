import { describe, expect, it } from 'vitest';
import { browserLocale } from './browser-locale.ts';

describe('the language of the browser', () => {
  it.each([
    ['en-PH', 'en-PH'],
    ['en-US@posix', 'en-US'],
    ['pt_BR.UTF-8', 'pt'],
    ['C', 'en'],
    ['', 'en'],
  ])('%s is written as %s', (named, locale) => {
    expect(browserLocale(named)).toBe(locale);
  });
});
