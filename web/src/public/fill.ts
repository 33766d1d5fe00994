export type Values = Readonly<Record<string, string | number>>;

/** Fills {name} in, and chooses among "one | many" by count. */
export function fill(text: string, values: Values): string {
  const forms = text.split(' | ');
  const form = values['count'] === 1 ? forms[0] : forms.at(-1);
  return (form ?? text).replace(/\{(\w+)\}/g, (_match, each: string) => String(values[each] ?? ''));
}
