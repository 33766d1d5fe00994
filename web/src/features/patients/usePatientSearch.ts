import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { useConnection } from '../../composables/useConnection.ts';
import { useDebounced } from '../../composables/useDebounced.ts';
import { PatientsDocument } from '../../gql/graphql.ts';

export interface PatientSearchOptions {
  first?: number;
  /** Asks nothing while the text is shorter; 0 lists everybody. */
  minLength?: number;
  /** Archived records alone instead of the others. */
  archived?: MaybeRefOrGetter<boolean>;
  /** Says of each when this doctor saw them last, and how often; null leaves it out. */
  seenBy?: string | null;
}

/** Finds patients as somebody types: name, phone or record number. */
export function usePatientSearch(
  text: MaybeRefOrGetter<string>,
  { first = 30, minLength = 0, archived = false, seenBy = null }: PatientSearchOptions = {},
) {
  const settled = useDebounced(() => toValue(text).trim());
  const isAsking = computed(() => settled.value.length >= minLength);
  const list = useConnection({
    document: PatientsDocument,
    variables: () => ({
      first,
      filter: { search: settled.value || null, archived: toValue(archived) },
      seenBy,
      isDoctors: seenBy !== null,
    }),
    select: (data) => data.patients,
    enabled: isAsking,
    keepPrevious: true,
  });
  return { ...list, nodes: computed(() => (isAsking.value ? list.nodes.value : [])), settled, isAsking };
}
