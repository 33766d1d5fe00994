import type { Sex } from '../../gql/graphql.ts';

type Translate = (key: string, named: Record<string, unknown>) => string;

/** "34, female": what tells two people of one name apart at a glance. Unknown parts are left out. */
export function personFacts(person: { age: number | null; sex: Sex }, t: Translate): string {
  const age = person.age === null ? '' : String(person.age);
  const sex = person.sex === 'UNKNOWN' ? '' : t(`sex.${person.sex}`, {});
  return [age, sex].filter(Boolean).join(', ');
}
