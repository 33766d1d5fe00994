import { ClinigraphError, type GraphError } from './errors.ts';

/** Nothing was done, or it is safe to ask again: what a server says that is busy, starting or going. */
const worthAnotherTry = new Set([429, 502, 503, 504]);

const firstPauseMs = 250;
const longestPauseMs = 30_000;

export interface TransportOptions {
  url: string;
  fetch: typeof globalThis.fetch;
  /** How often one operation is sent at most. */
  maxAttempts: number;
}

export interface Answer {
  data?: Record<string, unknown> | null;
  errors?: GraphError[];
}

export interface Sent {
  query: string;
  operationName: string;
  variables: Record<string, unknown>;
}

/**
 * Sends one operation, again after a pause when the server is busy (429, 503; Retry-After says how long) or could not be
 * reached. A mutation must carry an Idempotency-Key, the same at each try.
 *
 * @throws ClinigraphError UNREACHABLE when the last try had no answer
 */
export async function send(
  { url, fetch, maxAttempts }: TransportOptions,
  body: Sent,
  headers: Record<string, string>,
  signal?: AbortSignal,
): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    const isLast = attempt >= maxAttempts;
    let pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
        signal,
      });
      if (isLast || !worthAnotherTry.has(response.status)) return await answerOf(response);
      pauseMs = retryAfterMs(response.headers.get('retry-after')) ?? pauseMs;
      await response.body?.cancel();
    } catch (error) {
      if (error instanceof ClinigraphError || signal?.aborted === true) throw error;
      if (isLast)
        throw new ClinigraphError([{ message: 'The server could not be reached.' }], 'UNREACHABLE', { cause: error });
    }
    await pause(pauseMs, signal);
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  try {
    const answer: Answer = JSON.parse(text);
    if (answer.data !== undefined || answer.errors !== undefined) return answer;
  } catch {
    // A proxy's page, not an answer of ours.
  }
  throw new ClinigraphError([{ message: `The server answered ${response.status}.` }], 'UNREACHABLE');
}

/** Seconds, or a date; null when it is neither. */
export function retryAfterMs(text: string | null, now = Date.now()): number | null {
  if (text === null) return null;
  const milliseconds = /^\d+$/.test(text.trim()) ? Number(text) * 1_000 : Date.parse(text) - now;
  return Number.isNaN(milliseconds) ? null : Math.min(Math.max(milliseconds, 0), longestPauseMs);
}

/** @throws the signal's reason when it is aborted meanwhile */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
