import type { ApolloCache } from '@apollo/client/core';
import { onScopeDispose, ref, shallowRef } from 'vue';
import { toAppError } from '../../app/errors.ts';
import { useSession } from '../../app/session.ts';
import type { AppError } from '../../composables/app-error.ts';
import {
  ImportPatientsDocument,
  ImportProgressDocument,
  UndoImportDocument,
  type ImportPatientsMutation,
  type UndoImportMutation,
} from '../../gql/graphql.ts';

export type ImportAnswer = NonNullable<ImportPatientsMutation['importPatients']>;
export type UndoAnswer = NonNullable<UndoImportMutation['undoImport']>;

const askEveryMs = 400;

/** Runs one call at a time and follows how far the server is with it. */
function useFollowed() {
  const { client } = useSession();
  const isBusy = ref(false);
  /** From 0 to 100; null while nothing is known. */
  const percent = ref<number | null>(null);
  const failure = shallowRef<AppError | null>(null);
  let timer: ReturnType<typeof setInterval> | undefined;

  async function ask(key: string): Promise<void> {
    const { data } = await client.query({
      query: ImportProgressDocument,
      variables: { key },
      fetchPolicy: 'no-cache',
    });
    const progress = data.importProgress;
    if (progress) percent.value = progress.total === 0 ? 100 : Math.round((100 * progress.processed) / progress.total);
  }

  async function attempt<Result>(run: (key: string) => Promise<Result>): Promise<Result | null> {
    const key = crypto.randomUUID();
    isBusy.value = true;
    percent.value = null;
    failure.value = null;
    // A missed look at the progress is no failure of the import.
    timer = setInterval(() => void ask(key).catch(() => undefined), askEveryMs);
    try {
      return await run(key);
    } catch (error) {
      failure.value = toAppError(error);
      return null;
    } finally {
      clearInterval(timer);
      isBusy.value = false;
    }
  }
  onScopeDispose(() => clearInterval(timer));
  return { isBusy, percent, failure, attempt };
}

/** The lists that an import changes ask anew. */
const forgetPatients = (cache: ApolloCache<unknown>): void => {
  cache.evict({ id: 'ROOT_QUERY', fieldName: 'patients' });
};

/** Checks a file, takes it, and takes it back; says how far it is meanwhile. */
export function useImport() {
  const { client } = useSession();
  const { isBusy, percent, failure, attempt } = useFollowed();
  const messages = shallowRef<readonly string[]>([]);

  /** The answer, or null with what the server says against it. */
  function accepted<Answer extends { userErrors: readonly { message: string }[] }>(
    answer: Answer | null,
  ): Answer | null {
    messages.value = (answer?.userErrors ?? []).map(({ message }) => message);
    return messages.value.length > 0 ? null : answer;
  }

  const send = (csv: string, dryRun: boolean) =>
    attempt(async (progressKey): Promise<ImportAnswer | null> => {
      const { data } = await client.mutate({
        mutation: ImportPatientsDocument,
        variables: { input: { csv, dryRun, progressKey } },
        ...(dryRun ? {} : { update: forgetPatients }),
      });
      return accepted(data?.importPatients ?? null);
    });

  return {
    isBusy,
    percent,
    messages,
    failure,
    check: (csv: string) => send(csv, true),
    save: (csv: string) => send(csv, false),
    undo: (importId: string) =>
      attempt(async (): Promise<UndoAnswer | null> => {
        const { data } = await client.mutate({
          mutation: UndoImportDocument,
          variables: { importId },
          update: forgetPatients,
        });
        return accepted(data?.undoImport ?? null);
      }),
  };
}
