import { getOperationAST, GraphQLError, parse, type DocumentNode, type GraphQLSchema } from 'graphql';
import { RequestError } from '../errors.ts';
import { countNames, measure } from './document-cost.ts';

/** What a request may ask for at most; every screen of the app stays far below. */
export const requestLimits = {
  /** Characters of the document: values belong into variables. */
  characters: 100_000,
  /** Reading goes as deep as brackets do: so many can never fill the stack. */
  tokens: 2_000,
  depth: 20,
  aliases: 100,
  directives: 50,
  rootFields: 30,
  cost: 50_000,
} as const;

const rememberedDocuments = 1_000;

/** A document that may be run as far as its size goes, or why not, or null for text that is no document. */
type Read = { document: DocumentNode } | { refusal: RequestError } | null;

/** What any request costs, however little it asks for. */
const leastCost = 10;

export interface Weighed {
  cost: number;
  refusal: RequestError | null;
}

/** What a caller sends, on either transport; nothing of it is believed. */
export interface GivenOperation {
  query?: unknown;
  operationName?: unknown;
  variables?: unknown;
}

/**
 * The one pass that refuses what is too much, before validation and the same over HTTP and WebSocket. What it read of a
 * document is remembered, so that the app's own documents are read once.
 */
export class RequestLimits {
  readonly #schema: GraphQLSchema;
  readonly #read = new Map<string, Read>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** Returns what an operation costs, or why it is too much; what is wrong with it otherwise is for others to refuse. */
  weigh({ query, operationName, variables }: GivenOperation): Weighed {
    const unread: Weighed = { cost: leastCost, refusal: null };
    if (typeof query !== 'string') return unread;
    const read = this.#readOnce(query);
    if (read === null) return unread;
    if ('refusal' in read) return { ...unread, refusal: read.refusal };
    const operation = getOperationAST(read.document, typeof operationName === 'string' ? operationName : null);
    if (operation == null) return unread;
    const given = isRecord(variables) ? variables : {};
    const { depth, cost, rootFields } = measure(this.#schema, read.document, operation, given);
    const refusal =
      tooMuch('fields inside each other', depth, requestLimits.depth) ??
      tooMuch('fields at the top', rootFields, requestLimits.rootFields) ??
      tooMuch('objects, by its page sizes', cost, requestLimits.cost);
    return { cost: leastCost + cost, refusal };
  }

  #readOnce(query: string): Read {
    const known = this.#read.get(query);
    if (known !== undefined) return known;
    const read = readDocument(query);
    const [oldest] = this.#read.keys();
    if (this.#read.size >= rememberedDocuments && oldest !== undefined) this.#read.delete(oldest);
    this.#read.set(query, read);
    return read;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function readDocument(query: string): Read {
  const tooLong = tooMuch('characters in its document', query.length, requestLimits.characters);
  if (tooLong !== null) return { refusal: tooLong };
  try {
    const document = parse(query, { maxTokens: requestLimits.tokens });
    const { aliases, directives } = countNames(document);
    const refusal =
      tooMuch('aliases', aliases, requestLimits.aliases) ?? tooMuch('directives', directives, requestLimits.directives);
    return refusal === null ? { document } : { refusal };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return error.message.includes('tokens') ? { refusal: refuse('words and signs', requestLimits.tokens) } : null;
  }
}

const tooMuch = (what: string, count: number, limit: number): RequestError | null =>
  count > limit ? refuse(what, limit) : null;

const refuse = (what: string, limit: number): RequestError =>
  new RequestError('TOO_COMPLEX', `This asks for more than ${limit.toLocaleString('en')} ${what}. Ask in parts.`);
