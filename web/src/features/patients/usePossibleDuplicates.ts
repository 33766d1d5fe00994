import { useQuery } from '@vue/apollo-composable';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { useDebounced } from '../../composables/useDebounced.ts';
import { PossibleDuplicatesDocument, type PatientRowFragment } from '../../gql/graphql.ts';
import { usePatientSearch } from './usePatientSearch.ts';

export interface TypedPerson {
  firstName: string;
  lastName: string;
  birthDate: string;
  /** E.164, or null while it is none. */
  phone: string | null;
}

const mostShown = 4;

/**
 * Who may be the person that somebody is typing in: records of nearly the same name with the same birth date or phone,
 * then others whose name begins like it.
 */
export function usePossibleDuplicates(person: MaybeRefOrGetter<TypedPerson>) {
  const typed = useDebounced(() => JSON.stringify(toValue(person)));
  const settled = computed((): TypedPerson => JSON.parse(typed.value));
  const name = computed(() => `${toValue(person).firstName.trim()} ${toValue(person).lastName.trim()}`.trim());
  const alike = useQuery(
    PossibleDuplicatesDocument,
    () => ({
      firstName: settled.value.firstName.trim(),
      lastName: settled.value.lastName.trim() || null,
      birthDate: settled.value.birthDate || null,
      phone: settled.value.phone,
    }),
    () => ({ enabled: settled.value.firstName.trim().length >= 2, keepPreviousResult: true }),
  );
  const named = usePatientSearch(name, { first: 3, minLength: 3 });

  const likely = computed<readonly PatientRowFragment[]>(() => alike.result.value?.possibleDuplicates ?? []);
  const others = computed(() =>
    named.nodes.value
      .filter(({ id }) => !likely.value.some((patient) => patient.id === id))
      .slice(0, Math.max(0, mostShown - likely.value.length)),
  );
  return { likely: computed(() => likely.value.slice(0, mostShown)), others };
}
