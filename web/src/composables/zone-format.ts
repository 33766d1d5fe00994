import type { Day } from './clinic-time.ts';

type DateOptions = Intl.DateTimeFormatOptions;

const dateFormats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(locale: string, options: DateOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let format = dateFormats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, options);
    dateFormats.set(key, format);
  }
  return format;
}

/** Keeps "10:00 – 10:30 AM" on one line. */
function unbroken(text: string): string {
  return text.replace(/\s/g, '\u00a0');
}

/** Writes an instant on a zone's wall clock. */
export function formatInstant(value: string, locale: string, options: DateOptions): string {
  return dateFormat(locale, options).format(Date.parse(value));
}

/** Writes a calendar day, which has no zone of its own, as it stands. */
export function formatDay(day: Day, locale: string, options: DateOptions): string {
  return dateFormat(locale, { timeZone: 'UTC', ...options }).format(Date.parse(`${day}T00:00:00Z`));
}

/** "10:00 – 10:30 AM": a shared half of the day is said once. */
export function formatTimeRange(from: string, to: string, locale: string, timeZone: string): string {
  const format = dateFormat(locale, { timeZone, hour: 'numeric', minute: '2-digit' });
  return unbroken(format.formatRange(Date.parse(from), Date.parse(to)));
}

/** "GMT+8" or "PST" at an instant: shown where a wrong guess would make somebody late. */
export function formatZone(value: string, locale: string, timeZone: string): string {
  const parts = dateFormat(locale, { timeZone, timeZoneName: 'short' }).formatToParts(Date.parse(value));
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone;
}

/** A wall-clock time such as 13:00 as the language writes it, without minutes on the hour: "1 PM". */
export function formatWallTime(localTime: string, locale: string): string {
  const minutes: DateOptions = localTime.slice(3, 5) === '00' ? {} : { minute: '2-digit' };
  const format = dateFormat(locale, { timeZone: 'UTC', hour: 'numeric', ...minutes });
  return unbroken(format.format(Date.parse(`1970-01-01T${localTime.slice(0, 5)}:00Z`)));
}

const isDecimal = (text: string): text is `${number}` => /^-?\d+(?:\.\d+)?$/.test(text);

/** Writes an amount of the API's with its currency, digit by digit: it never becomes a floating-point number. */
export function formatMoney({ amount, currency }: { amount: string; currency: string }, locale: string): string {
  if (!isDecimal(amount)) throw new RangeError('Not a decimal amount');
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount);
}
