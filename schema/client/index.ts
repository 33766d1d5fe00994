import type { Caller, CallOptions, LiveOptions, Operation, Variables } from './caller.ts';
import { accepted, ClinigraphError } from './errors.ts';
import { operationsOf, type Operations } from './generated/operations.ts';
import type { AuthFieldsFragment, SignInInput } from './generated/types.ts';
import { follow, type CreateLiveClient } from './live.ts';
import { Session, type Tokens } from './session.ts';
import { send, type TransportOptions } from './transport.ts';

export type { CallOptions, LiveOptions } from './caller.ts';
export { accepted, ClinigraphError, RefusedError, type GraphError, type UserError } from './errors.ts';
export type * from './generated/types.ts';
export type { CreateLiveClient } from './live.ts';
export type { Tokens } from './session.ts';

export interface ClinigraphOptions {
  /** Such as https://clinic.example.com/graphql. */
  url: string;
  /** From an earlier run: goes on as that session. */
  tokens?: Tokens | null;
  /** Called with each new pair, and with null once the session is over: the place to keep them. */
  onTokens?: (tokens: Tokens | null) => void;
  /** `createClient` of graphql-ws, for live updates. Without it everything else works. */
  createLiveClient?: CreateLiveClient;
  /** How often one operation is sent at most, while the server is busy or cannot be reached; 4. */
  maxAttempts?: number;
  fetch?: typeof globalThis.fetch;
}

/** A clinic's graph, with one typed function for each operation in `run`. */
export class Clinigraph {
  readonly run: Operations;
  readonly #transport: TransportOptions;
  readonly #session: Session;
  readonly #createLiveClient: CreateLiveClient | null;

  constructor({ url, tokens = null, onTokens, createLiveClient, maxAttempts = 4, fetch }: ClinigraphOptions) {
    this.#transport = { url, maxAttempts, fetch: fetch ?? globalThis.fetch };
    this.#createLiveClient = createLiveClient ?? null;
    const caller: Caller = {
      query: (operation, variables, options) => this.#call(operation, variables, options),
      mutation: (operation, variables, options) =>
        this.#call(operation, variables, { idempotencyKey: crypto.randomUUID(), ...options }),
      follow: (operation, variables, options) => this.#follow(operation, variables, options),
    };
    this.run = operationsOf(caller);
    this.#session = new Session({
      tokens,
      onTokens: onTokens ?? (() => undefined),
      renew: (refreshToken) => this.run.refreshSession({ input: { refreshToken } }),
    });
  }

  get isSignedIn(): boolean {
    return this.#session.isSignedIn;
  }

  /**
   * Signs in; the tokens are renewed by themselves from then on. With `totpRequired` in the answer nobody is signed in yet:
   * ask again with a `totpCode`.
   *
   * @throws RefusedError INVALID_CREDENTIALS
   */
  async signIn(input: SignInInput): Promise<AuthFieldsFragment> {
    this.#session.forget();
    const answer = accepted(await this.run.signIn({ input }));
    this.#session.take(answer);
    return answer;
  }

  async signOut(): Promise<void> {
    await this.run.signOut();
    this.#session.forget();
  }

  async #call<Answer>(operation: Operation, variables: Variables, options: CallOptions = {}): Promise<Answer> {
    const { name, field, text, isNullable } = operation;
    const ask = (token: string | null) =>
      send(
        this.#transport,
        { query: text, operationName: name, variables },
        {
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(options.idempotencyKey === undefined ? {} : { 'idempotency-key': options.idempotencyKey }),
        },
        options.signal,
      );
    // What makes new tokens must not wait for new tokens.
    const token = isAboutTokens(name) ? null : await this.#session.accessToken();
    let { data, errors } = await ask(token);
    if (token !== null && errors?.[0]?.extensions?.code === 'UNAUTHENTICATED') {
      const renewed = await this.#session.accessToken(token);
      if (renewed !== null) ({ data, errors } = await ask(renewed));
    }
    if (errors !== undefined) throw new ClinigraphError(errors);
    const answer = data?.[field] ?? null;
    if (answer === null && !isNullable) throw new ClinigraphError([{ message: `There is no ${field} in the answer.` }]);
    // What was asked for has this shape: the types are printed from the same text.
    return answer as Answer;
  }

  #follow<Answer>(
    operation: Operation,
    variables: Variables,
    options?: LiveOptions,
  ): AsyncGenerator<Answer, void, void> {
    if (this.#createLiveClient === null)
      throw new Error('Give createLiveClient, which is createClient of graphql-ws, to follow live updates.');
    let last: string | null = null;
    const connection = {
      createClient: this.#createLiveClient,
      url: this.#transport.url.replace(/^http/, 'ws'),
      authorization: async (isRefused: boolean) => {
        last = await this.#session.accessToken(isRefused ? last : null);
        return last;
      },
    };
    return follow<Answer>(connection, operation, variables, options);
  }
}

const isAboutTokens = (name: string): boolean => name === 'signIn' || name === 'refreshSession';
