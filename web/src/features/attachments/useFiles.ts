import { useQuery } from '@vue/apollo-composable';
import { computed } from 'vue';
import { toAppError } from '../../app/errors.ts';
import { FilesOfPatientDocument, type FileRowFragment } from '../../gql/graphql.ts';

/** Links lead somewhere for ten minutes; one that is older than this is asked for anew before it is followed. */
const freshMs = 8 * 60_000;

/** A patient's files, newest first, each with a link that still leads somewhere. */
export function useFiles(patientId: () => string, isEnabled: () => boolean) {
  const query = useQuery(
    FilesOfPatientDocument,
    () => ({ id: patientId() }),
    () => ({ enabled: isEnabled(), fetchPolicy: 'network-only' as const }),
  );
  let readAt = 0;
  query.onResult(({ loading }) => {
    if (!loading) readAt = performance.now();
  });
  const page = computed(() => query.result.value?.patient?.attachments ?? null);
  const files = computed<readonly FileRowFragment[]>(() => page.value?.edges.map(({ node }) => node) ?? []);
  /** An image stays the one that was loaded: each answer brings another link to it. */
  const pictures = new Map<string, string>();

  async function addressOf(id: string): Promise<string | null> {
    if (performance.now() - readAt > freshMs) await query.refetch();
    const url = files.value.find((file) => file.id === id)?.url;
    return url === undefined ? null : new URL(url).pathname;
  }

  return {
    files,
    total: computed(() => page.value?.totalCount ?? 0),
    hasMore: computed(() => page.value?.pageInfo.hasNextPage === true),
    isLoading: query.loading,
    error: computed(() => (query.error.value && page.value === null ? toAppError(query.error.value) : null)),
    again: (): void => void query.refetch(),
    more: (): void => {
      const after = page.value?.pageInfo.endCursor;
      void query.fetchMore({ variables: { after } });
    },
    pictureOf: ({ id, url }: FileRowFragment): string => {
      const known = pictures.get(id) ?? new URL(url).pathname;
      pictures.set(id, known);
      return known;
    },
    open: async ({ id }: FileRowFragment): Promise<void> => {
      const address = await addressOf(id);
      // Sent as something to save: the page stays where it is.
      if (address !== null) window.location.assign(address);
    },
  };
}
