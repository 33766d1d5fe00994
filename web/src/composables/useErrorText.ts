import { useI18n } from 'vue-i18n';
import { knownErrorCodes, type AppError } from './app-error.ts';

/** Puts an error into a sentence that says what to do next. */
export function useErrorText() {
  const { t } = useI18n();
  return (error: AppError): string => {
    // The server knows how long to wait.
    if (error.code === 'RATE_LIMITED' && error.message !== null) return error.message;
    const code = knownErrorCodes.find((known) => known === error.code) ?? 'INTERNAL';
    return t(`errors.${code}`);
  };
}
