import { getCountries, type CountryCode } from 'libphonenumber-js';

let countriesByZone: ReadonlyMap<string, CountryCode> | null = null;

/** The country whose clocks a zone shows, else the one that a locale names; null when neither tells, as for UTC and "en". */
export function countryOf({ timeZone, locale }: { timeZone: string; locale: string }): CountryCode | null {
  countriesByZone ??= zonesOfCountries();
  const ofZone = countriesByZone.get(canonicalZone(timeZone));
  if (ofZone !== undefined) return ofZone;
  const { region } = new Intl.Locale(locale);
  return getCountries().find((country) => country === region) ?? null;
}

/** A zone that several countries keep belongs to none of them. */
function zonesOfCountries(): Map<string, CountryCode> {
  const found = new Map<string, CountryCode | null>();
  for (const country of getCountries()) {
    for (const zone of zonesOf(country)) found.set(zone, found.has(zone) ? null : country);
  }
  const known = new Map<string, CountryCode>();
  for (const [zone, country] of found) if (country !== null) known.set(zone, country);
  return known;
}

function zonesOf(country: CountryCode): string[] {
  const locale = new Intl.Locale('und', { region: country });
  // Older engines have a property where newer ones have a method.
  const read: unknown = Reflect.get(locale, 'getTimeZones');
  const zones: unknown =
    typeof read === 'function' ? Reflect.apply(read, locale, []) : Reflect.get(locale, 'timeZones');
  return Array.isArray(zones) ? zones.map((zone) => canonicalZone(String(zone))) : [];
}

const canonicalZone = (zone: string): string =>
  new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
