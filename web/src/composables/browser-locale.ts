/**
 * Returns the language that the browser asks for, as a tag that dates and money can be written in. Some systems name one
 * that is none, such as en-US@posix: then as much of it as is, English at last.
 */
export function browserLocale(named: string = navigator.language): string {
  for (const tag of [named, named.split(/[@.]/)[0] ?? '', named.split(/[-_@.]/)[0] ?? '']) {
    try {
      return Intl.getCanonicalLocales(tag)[0] ?? 'en';
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return 'en';
}
