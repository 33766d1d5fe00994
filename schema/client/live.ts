import type { LiveOptions, Operation, Variables } from './caller.ts';
import { ClinigraphError, type GraphError } from './errors.ts';
import { pause } from './transport.ts';

const firstPauseMs = 250;
const longestPauseMs = 15_000;

/** The close code of a session that is not, or no longer, good. */
const unauthorized = 4401;

/** `createClient` of graphql-ws, as far as it is used here. */
export type CreateLiveClient = (options: {
  url: string;
  lazy: boolean;
  retryAttempts: number;
  connectionParams: () => Promise<Record<string, unknown>>;
}) => LiveClient;

export interface LiveClient {
  iterate(payload: {
    query: string;
    operationName: string;
    variables: Variables;
  }): AsyncIterableIterator<{ data?: unknown; errors?: readonly GraphError[] }>;
  dispose(): void | Promise<void>;
}

export interface LiveConnection {
  createClient: CreateLiveClient;
  url: string;
  /** A token that is good now; `isRefused` when the last one was not. */
  authorization: (isRefused: boolean) => Promise<string | null>;
}

/**
 * Follows a live operation for as long as the caller wants. A lost connection is made again, from just after the cursor
 * of the last update: what was missed comes first, in order, and nothing twice.
 *
 * @throws ClinigraphError when the server refuses the operation itself
 */
export async function* follow<Answer>(
  connection: LiveConnection,
  { text, name, field }: Operation,
  variables: Variables,
  { signal }: LiveOptions = {},
): AsyncGenerator<Answer, void, void> {
  let after = variables['after'];
  let failures = 0;
  let isRefused = false;
  while (!isOver(signal)) {
    const client = connection.createClient({
      url: connection.url,
      lazy: true,
      retryAttempts: 0,
      connectionParams: async () => {
        const token = await connection.authorization(isRefused);
        return token === null ? {} : { authorization: `Bearer ${token}` };
      },
    });
    const end = () => void client.dispose();
    signal?.addEventListener('abort', end, { once: true });
    try {
      const updates = client.iterate({ query: text, operationName: name, variables: { ...variables, after } });
      for await (const { data, errors } of updates) {
        if (errors !== undefined) throw new ClinigraphError(errors);
        const update = fieldOf(data, field);
        if (isWithCursor(update)) after = update.cursor;
        failures = 0;
        isRefused = false;
        // What was asked for has this shape: the types are printed from the same text.
        yield update as Answer;
      }
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal !== null && (refusal.code !== 'UNAUTHENTICATED' || isRefused)) throw refusal;
      isRefused = refusal !== null;
    } finally {
      signal?.removeEventListener('abort', end);
      await client.dispose();
    }
    if (isOver(signal)) return;
    failures += 1;
    await pause(Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1)), signal).catch(() => undefined);
  }
}

const isOver = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;

/** What the server says no to; null when the connection was lost, which is no answer. */
function refusalOf(error: unknown): ClinigraphError | null {
  if (error instanceof ClinigraphError) return error;
  if (Array.isArray(error)) return new ClinigraphError(error);
  const isUnauthorized = typeof error === 'object' && error !== null && 'code' in error && error.code === unauthorized;
  return isUnauthorized
    ? new ClinigraphError([{ message: 'Sign in to go on.' }], 'UNAUTHENTICATED', { cause: error })
    : null;
}

const fieldOf = (data: unknown, field: string): unknown =>
  typeof data === 'object' && data !== null ? new Map(Object.entries(data)).get(field) : undefined;

const isWithCursor = (update: unknown): update is { cursor: string } =>
  typeof update === 'object' && update !== null && 'cursor' in update && typeof update.cursor === 'string';
