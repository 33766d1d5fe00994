import { useI18n } from 'vue-i18n';
import { knownErrorCodes, type AppError } from './app-error.ts';

/** Puts an error into a sentence that says what to do next. */
export function useErrorText() {
  const { t } = useI18n();
  return (error: AppError): string => {
    const code = knownErrorCodes.find((known) => known === error.code) ?? 'INTERNAL';
    return t(`errors.${code}`);
  };
}
