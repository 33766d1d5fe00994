import { existsSync, readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { badUserInput, RequestError } from '../platform/errors.ts';
import type { GivenOperation } from '../platform/graphql/limits.ts';

const documents = z.record(z.string().startsWith('sha256:'), z.string());

/**
 * The app's own operations, each known by the hash of its text: a browser sends 70 characters in place of two thousand,
 * and where browsers may send nothing else, a page that was tampered with can only ask what the app asks.
 */
export class RegisteredOperations {
  readonly #byId: ReadonlyMap<string, string>;
  readonly #texts: ReadonlySet<string>;
  readonly #onlyTheseFromBrowsers: boolean;

  /** @param file  what the build of the web app leaves: id → text; without one nothing is registered */
  constructor(file: string, onlyTheseFromBrowsers: boolean) {
    const found = existsSync(file) ? documents.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
    this.#byId = new Map(Object.entries(found));
    this.#texts = new Set(this.#byId.values());
    this.#onlyTheseFromBrowsers = onlyTheseFromBrowsers;
  }

  /** What the registered operations are called: these alone may be told apart in figures, the others are without number. */
  get names(): ReadonlySet<string> {
    const names = [...this.#texts].map((text) => /(?:query|mutation|subscription) (\w+)/.exec(text)?.[1]);
    return new Set(names.filter((name) => name !== undefined));
  }

  /**
   * Returns a request with its text in place of its id.
   *
   * @throws RequestError BAD_USER_INPUT naming documentId when it is not known, FORBIDDEN for a browser that brings a text
   *   of its own where it may not
   */
  resolve<Given extends GivenOperation>(given: Given, headers: IncomingHttpHeaders): Given {
    const id = idOf(given);
    if (id !== null) {
      const query = this.#byId.get(id);
      if (query !== undefined) return { ...given, query };
      throw badUserInput('This operation is not known here. Send its text, or reload the page.', ['documentId']);
    }
    const isRefused =
      this.#onlyTheseFromBrowsers &&
      isBrowser(headers) &&
      !(typeof given.query === 'string' && this.#texts.has(given.query));
    if (isRefused)
      throw new RequestError('FORBIDDEN', 'From a browser only the app’s own operations are answered here.');
    return given;
  }
}

/** Every browser in use says where a request comes from, and a page cannot keep it from saying so. */
const isBrowser = (headers: IncomingHttpHeaders): boolean =>
  headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;

const named = z.object({
  documentId: z.string().optional(),
  extensions: z.object({ documentId: z.string().optional() }).nullish(),
});

/** The id is a property of its own, or an extension for clients that cannot add one. */
function idOf(given: GivenOperation): string | null {
  const { success, data } = named.safeParse(given);
  const id = success ? (data.documentId ?? data.extensions?.documentId ?? null) : null;
  return id === null || id.startsWith('sha256:') ? id : `sha256:${id}`;
}
