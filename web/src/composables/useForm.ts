import { nextTick, reactive, ref, shallowRef, useTemplateRef, watch, type Reactive, type ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { toAppError } from '../app/errors.ts';
import type { AppError } from './app-error.ts';
import { asUserErrors, sortUserErrors, type FormErrors, type UserErrorLike } from './form-errors.ts';

const noErrors: FormErrors = { fields: {}, form: [] };

/** What is said of a value is true of that value alone: it goes as soon as somebody types another one. */
function forgetWhatChanges(values: object, errors: ShallowRef<FormErrors>): void {
  watch(
    () => new Map<string, unknown>(Object.entries(values)),
    (now, before) => {
      const { fields } = errors.value;
      const left = Object.entries(fields).filter(([name]) => now.get(name) === before.get(name));
      if (left.length < Object.keys(fields).length)
        errors.value = { ...errors.value, fields: Object.fromEntries(left) };
    },
  );
}

/**
 * One form: its values, what the server said about each, and whether it is on its way. The form element carries
 * `ref="form"`, so that a refusal can put the cursor into the first field at fault.
 *
 * @param initial    makes the empty values; its keys are the names that user errors are sorted to
 */
export function useForm<TValues extends object>(initial: () => TValues) {
  const { t, te } = useI18n();
  const values: Reactive<TValues> = reactive(initial());
  const errors = shallowRef<FormErrors>(noErrors);
  const failure = shallowRef<AppError | null>(null);
  const isBusy = ref(false);
  const element = useTemplateRef<HTMLFormElement>('form');

  forgetWhatChanges(values, errors);

  async function focusFirstError(): Promise<void> {
    await nextTick();
    const invalid = element.value?.querySelector<HTMLElement>('[aria-invalid="true"]');
    const summary = element.value?.querySelector<HTMLElement>('[role="alert"]');
    (invalid ?? summary)?.focus();
  }

  function refuse(userErrors: readonly UserErrorLike[]): void {
    errors.value = sortUserErrors(userErrors, Object.keys(values));
    void focusFirstError();
  }

  /**
   * Sends the form once. The callback returns the payload's user errors; true means that there were none.
   */
  async function submit(send: (current: TValues) => Promise<readonly UserErrorLike[]>): Promise<boolean> {
    if (isBusy.value) return false;
    isBusy.value = true;
    errors.value = noErrors;
    failure.value = null;
    try {
      const userErrors = await send({ ...initial(), ...values });
      if (userErrors.length > 0) refuse(userErrors);
      return userErrors.length === 0;
    } catch (error) {
      const appError = toAppError(error);
      const readable = asUserErrors(appError, (name) =>
        te(`errors.malformed.${name}`) ? t(`errors.malformed.${name}`) : t('errors.malformed.other'),
      );
      if (readable.length > 0) refuse(readable);
      else failure.value = appError;
      return false;
    } finally {
      isBusy.value = false;
    }
  }

  function reset(): void {
    Object.assign(values, initial());
    errors.value = noErrors;
    failure.value = null;
  }

  return { values, errors, failure, isBusy, submit, refuse, reset };
}
