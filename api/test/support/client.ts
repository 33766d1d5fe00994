import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

/** Whatever the server says: a test asserts exact values on it. */
export type Json = ReturnType<typeof JSON.parse>;

export interface Answer {
  data: Json;
  errors?: {
    message: string;
    path?: (string | number)[];
    extensions: { code: string; requestId: string; field?: string[] };
  }[];
}

/** A caller who speaks plain GraphQL over HTTP, like any partner. */
export class TestClient {
  readonly url: string;
  readonly token: string | null;

  constructor(url: string, token: string | null = null) {
    this.url = url;
    this.token = token;
  }

  async send(
    query: string,
    variables: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }),
        ...headers,
      },
      body: JSON.stringify({ query, variables }),
    });
    // What it cost is another at each moment; budgets have tests of their own.
    const { extensions: _cost, ...answer } = JSON.parse(await response.text());
    return answer;
  }

  /** The data of an answer that must have no errors. */
  async ask(query: string, variables: Record<string, unknown> = {}): Promise<Json> {
    const { data, errors } = await this.send(query, variables);
    if (errors !== undefined)
      throw new Error(`${errors[0]?.extensions.code}: ${errors[0]?.message} at ${errors[0]?.path?.join('.')}`);
    return data;
  }

  /** The first error's code, or none. */
  async codeOf(query: string, variables: Record<string, unknown> = {}): Promise<string | undefined> {
    return (await this.send(query, variables)).errors?.[0]?.extensions.code;
  }

  /** Follows a subscription. What arrived can be waited for; nothing is lost between two looks. */
  watch(query: string, variables: Record<string, unknown> = {}): LiveTest {
    return new LiveTest(this.url.replace(/^http/, 'ws'), this.token, query, variables);
  }
}

const patienceMs = 8_000;

export class LiveTest {
  readonly received: Json[] = [];
  readonly failures: Json[] = [];
  readonly #client;
  readonly #waiting: (() => void)[] = [];
  isOver = false;

  constructor(url: string, token: string | null, query: string, variables: Record<string, unknown>) {
    this.#client = createClient({
      url,
      webSocketImpl: WebSocket,
      connectionParams: token === null ? {} : { authorization: `Bearer ${token}` },
      retryAttempts: 0,
      lazy: false,
      // A closed socket is an answer here, not news for the console.
      onNonLazyError: () => undefined,
    });
    const changed = () => {
      for (const wake of this.#waiting.splice(0)) wake();
    };
    this.#client.subscribe(
      { query, variables },
      {
        next: (value) => {
          if (value.errors !== undefined) this.failures.push(...value.errors);
          this.received.push(value.data);
          changed();
        },
        error: (error) => {
          this.failures.push(...(Array.isArray(error) ? error : [error]));
          this.isOver = true;
          changed();
        },
        complete: () => {
          this.isOver = true;
          changed();
        },
      },
    );
  }

  /** Waits until this many updates, or a failure, have arrived. */
  async until(count: number): Promise<Json[]> {
    const end = Date.now() + patienceMs;
    while (this.received.length < count && !this.isOver) {
      if (Date.now() > end) throw new Error(`Only ${this.received.length} of ${count} updates arrived.`);
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
        setTimeout(resolve, 200);
      });
    }
    return this.received;
  }

  async stop(): Promise<void> {
    await this.#client.dispose();
  }
}

/** Time for a subscription to be open on the server: it has no answer of its own to wait for. */
export const settled = (milliseconds = 300): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
