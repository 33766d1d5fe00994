import { fromMinor } from '../money.ts';
import { moneyInWords } from '../money-words.ts';
import { printable } from './fonts.ts';

/** An amount as a country writes it; by the currency's code, in Latin digits, where its own signs cannot be printed. */
export function printedMoney(minor: number, currency: string, locale: string): string {
  return (
    printable(moneyInWords(minor, currency, locale)) ??
    printable(moneyInWords(minor, currency, 'en')) ??
    `${currency} ${fromMinor(minor, currency)}`
  );
}

/** A day of a time zone as a country writes it; in English where its letters or digits cannot be printed. */
export function printedDay(instant: Date, timeZone: string, locale: string, month: 'long' | 'short' = 'long'): string {
  const write = (language: string) =>
    new Intl.DateTimeFormat(language, { day: 'numeric', month, year: 'numeric', timeZone }).format(instant);
  return printable(write(locale)) ?? write('en');
}

/** The longest word that surely fits into a column; a longer one may be parted. */
const longestWord = 14;

/** Lets a word that no column can hold be parted: it would run over its neighbours. */
export const breakable = (text: string): string =>
  text.replace(new RegExp(`(\\S{${longestWord}})(?=\\S)`, 'gu'), '$1\u200b');
