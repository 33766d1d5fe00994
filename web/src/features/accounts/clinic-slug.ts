const longestSlug = 40;

/** Suggests a clinic's web address from its name: "Sta. Cruz Eye & Ear" becomes "sta-cruz-eye-ear". */
export function suggestSlug(clinicName: string): string {
  return clinicName
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longestSlug)
    .replace(/^-+|-+$/g, '');
}

/** Whether a text can be a clinic's web address: 2 to 40 lower-case letters, digits and single dashes. */
export function isSlug(text: string): boolean {
  return text.length >= 2 && text.length <= longestSlug && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);
}

/** The currency that a region most likely uses; Intl knows names of currencies, not where they are spent. */
const currencies: Readonly<Record<string, string>> = {
  PH: 'PHP',
  IN: 'INR',
  US: 'USD',
  GB: 'GBP',
  JP: 'JPY',
  KW: 'KWD',
  AE: 'AED',
  SA: 'SAR',
  SG: 'SGD',
  MY: 'MYR',
  ID: 'IDR',
  TH: 'THB',
  VN: 'VND',
  AU: 'AUD',
  NZ: 'NZD',
  CA: 'CAD',
  CH: 'CHF',
  PL: 'PLN',
  BR: 'BRL',
  MX: 'MXN',
  ZA: 'ZAR',
  NG: 'NGN',
  KE: 'KES',
  EG: 'EGP',
  TR: 'TRY',
  PK: 'PKR',
  BD: 'BDT',
  LK: 'LKR',
  DE: 'EUR',
  FR: 'EUR',
  ES: 'EUR',
  IT: 'EUR',
  NL: 'EUR',
  BE: 'EUR',
  AT: 'EUR',
  IE: 'EUR',
  PT: 'EUR',
  FI: 'EUR',
  GR: 'EUR',
};

/** Guesses the currency from a language tag; USD when it says nothing of a region. */
export function guessCurrency(locale: string): string {
  const region = new Intl.Locale(locale).maximize().region;
  return (region && currencies[region]) ?? 'USD';
}
