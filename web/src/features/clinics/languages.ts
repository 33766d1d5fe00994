/** Languages and regions that clinics write in; a clinic's own is always among the choices. */
const common = [
  'en-PH',
  'en-US',
  'en-GB',
  'en-IN',
  'en-AU',
  'en-SG',
  'en-ZA',
  'fil-PH',
  'de-DE',
  'fr-FR',
  'es-ES',
  'es-MX',
  'it-IT',
  'nl-NL',
  'pl-PL',
  'pt-BR',
  'tr-TR',
  'hi-IN',
  'id-ID',
  'ms-MY',
  'th-TH',
  'vi-VN',
  'ja-JP',
  'ko-KR',
  'zh-CN',
  'ar-AE',
  'ar-KW',
  'ar-SA',
  'he-IL',
];

interface LanguageChoice {
  readonly value: string;
  readonly label: string;
}

/** Languages by name, as the viewer's own language calls them. */
export function languageChoices(current: string, viewerLocale: string): LanguageChoice[] {
  const names = new Intl.DisplayNames([viewerLocale], { type: 'language', languageDisplay: 'standard' });
  return [...new Set([current, ...common])]
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .sort((one, other) => one.label.localeCompare(other.label, viewerLocale));
}
