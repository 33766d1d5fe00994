import type { AppError } from './app-error.ts';

export interface UserErrorLike {
  readonly code: string;
  readonly message: string;
  readonly field?: readonly string[] | null;
}

export interface FormErrors {
  /** By field name, as in the input type; nested fields joined by dots. */
  readonly fields: Readonly<Record<string, string>>;
  /** Sentences about the form as a whole, and those about fields that it does not show. */
  readonly form: readonly string[];
}

/**
 * Sorts a payload's user errors to the form's fields. The path may start with "input", and the longest part of it
 * that is a field of the form wins; what fits nowhere is said above the form, never lost.
 */
export function sortUserErrors(errors: readonly UserErrorLike[], fieldNames: readonly string[]): FormErrors {
  const fields: Record<string, string> = {};
  const form: string[] = [];
  for (const { field, message } of errors) {
    const path = (field ?? []).filter((part, index) => !(index === 0 && part === 'input'));
    const name = path
      .map((_part, index) => path.slice(0, path.length - index).join('.'))
      .find((candidate) => fieldNames.includes(candidate));
    if (name === undefined) form.push(message);
    else fields[name] ??= message;
  }
  return { fields, form };
}

/**
 * Reads a refused scalar (BAD_USER_INPUT naming its field) like a user error. The server's sentence speaks to
 * programmers, so the form says it in its own words.
 */
export function asUserErrors(error: AppError, sentence: (fieldName: string) => string): readonly UserErrorLike[] {
  if (error.code !== 'BAD_USER_INPUT' || error.field === null) return [];
  return [{ code: error.code, message: sentence(error.field.at(-1) ?? ''), field: error.field }];
}
