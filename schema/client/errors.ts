import type { UserErrorFieldsFragment } from './generated/types.ts';

export type UserError = UserErrorFieldsFragment;

/** One entry of `errors` in an answer. */
export interface GraphError {
  message: string;
  path?: readonly (string | number)[];
  extensions?: { code?: string; requestId?: string; field?: string[] };
}

/**
 * The request could not be answered: the caller's mistake or rights, a limit, or ours. `code` is for programs:
 * UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, BAD_USER_INPUT, RATE_LIMITED, TOO_COMPLEX, IDEMPOTENCY_MISMATCH,
 * GRAPHQL_VALIDATION_FAILED, INTERNAL_SERVER_ERROR, and UNREACHABLE when no answer came at all. There may be more.
 */
export class ClinigraphError extends Error {
  override readonly name = 'ClinigraphError';
  readonly code: string;
  /** Name it when you ask for help. */
  readonly requestId: string | null;
  /** The input at fault, with BAD_USER_INPUT. */
  readonly field: readonly string[] | null;
  readonly errors: readonly GraphError[];

  constructor(errors: readonly GraphError[], code?: string, options?: ErrorOptions) {
    const [first] = errors;
    super(first?.message ?? 'There was no answer.', options);
    this.code = code ?? first?.extensions?.code ?? 'INTERNAL_SERVER_ERROR';
    this.requestId = first?.extensions?.requestId ?? null;
    this.field = first?.extensions?.field ?? null;
    this.errors = errors;
  }
}

/** A rule of the clinic said no: a slot that is taken, a step that is not allowed now. The message is for people. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly userErrors: readonly UserError[];

  constructor(userErrors: readonly UserError[]) {
    super(userErrors.map(({ message }) => message).join(' '));
    this.userErrors = userErrors;
  }

  has(code: UserError['code']): boolean {
    return this.userErrors.some((each) => each.code === code);
  }
}

/**
 * Returns a payload that no rule refused, for callers who like exceptions better than looking at `userErrors`.
 *
 * @throws RefusedError when it holds user errors
 */
export function accepted<Payload extends { userErrors: readonly UserError[] }>(payload: Payload): Payload {
  if (payload.userErrors.length > 0) throw new RefusedError(payload.userErrors);
  return payload;
}
