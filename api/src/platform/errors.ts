/**
 * What a person can cause and put right: it becomes one entry of a payload's `userErrors`.
 * The message is one plain sentence that says what to do next; `field` is the path of the input it belongs to,
 * null when it belongs to none. `details` is for code that can help further, such as the nearest free slots.
 */
export class DomainError<Code extends string = string> extends Error {
  override readonly name = 'DomainError';
  readonly code: Code;
  readonly field: string[] | null;
  readonly details: Record<string, unknown>;

  constructor(code: Code, message: string, field: string[] | null = null, details: Record<string, unknown> = {}) {
    super(message);
    this.code = code;
    this.field = field;
    this.details = details;
  }
}

/** The codes a refused request carries in the answer's `errors`; everything else is a bug and masked. */
export type RequestErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'RATE_LIMITED'
  | 'TOO_COMPLEX'
  | 'IDEMPOTENCY_MISMATCH'
  /** The caller did nothing wrong: the database is away, or there is too much to do. */
  | 'SERVICE_UNAVAILABLE';

/** A request that is refused as a whole, before or instead of a use case. Its message may be shown to the caller. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly code: RequestErrorCode;
  readonly field: string[] | null;

  constructor(code: RequestErrorCode, message: string, field: string[] | null = null) {
    super(message);
    this.code = code;
    this.field = field;
  }
}

/** Not found and not yours are one error on purpose: ids must not leak between clinics. */
export function notFound(): RequestError {
  return new RequestError('NOT_FOUND', 'This does not exist, or it is not yours to see.');
}

/** A caller who is known but whose role may not do this. `what` completes "You may not …", such as "read notes". */
export function forbidden(what = 'do this'): RequestError {
  return new RequestError('FORBIDDEN', `You may not ${what}.`);
}

/** No session, or one that has ended. */
export function unauthenticated(): RequestError {
  return new RequestError('UNAUTHENTICATED', 'Sign in to go on.');
}

/** Input that a form cannot produce: a malformed scalar or an id of the wrong kind. `field` is the input's path. */
export function badUserInput(message: string, field: string[]): RequestError {
  return new RequestError('BAD_USER_INPUT', message, field);
}
