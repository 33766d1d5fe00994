/** One line of an entry's detail: a field with what it was and what it became; `before` is missing for what is just said. */
export interface ChangeRow {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly isChange: boolean;
}

/** A value as text; nothing is null. */
function asText(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (Array.isArray(value)) return value.map((each) => asText(each) ?? '–').join(', ');
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}

/** Reads an entry's changes: a pair is before and after, anything else is said once. */
export function changeRows(changes: Readonly<Record<string, unknown>> | null | undefined): readonly ChangeRow[] {
  return Object.entries(changes ?? {}).map(([field, value]) => {
    const isChange = Array.isArray(value) && value.length === 2 && field !== 'fields' && field !== 'blocks';
    return isChange
      ? { field, before: asText(value[0]), after: asText(value[1]), isChange }
      : { field, before: null, after: asText(value), isChange };
  });
}
