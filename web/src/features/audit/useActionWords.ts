import { useI18n } from 'vue-i18n';
import { asWords, refusedAction } from './action-words.ts';

/** An action in plain words; one that nobody wrote words for still reads like some. */
export function useActionWords() {
  const { t, te } = useI18n();
  const keyOf = (action: string): string => `audit.action.${action.replaceAll('.', '_')}`;

  function words(action: string): string {
    if (te(keyOf(action))) return t(keyOf(action));
    const refused = refusedAction(action);
    return refused === null ? asWords(action) : t('audit.refused', { what: asWords(refused) });
  }

  /** The name of a field in an entry's changes. */
  function fieldWords(field: string): string {
    return te(`audit.field.${field}`) ? t(`audit.field.${field}`) : asWords(field);
  }

  /** A value of a field: a state or a role as it is called everywhere else. */
  function valueWords(value: string | null): string {
    if (value === null) return '–';
    const known = [`status.${value}`, `role.${value}`].find((key) => /^[A-Z_]+$/.test(value) && te(key));
    return known === undefined ? value : t(known);
  }

  return { words, fieldWords, valueWords };
}
