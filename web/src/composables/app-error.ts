/** What went wrong, in the few words a screen needs. */
export interface AppError {
  readonly code: string;
  /** The server's own sentence, for the codes whose sentence is meant for people. */
  readonly message: string | null;
  readonly requestId: string | null;
  /** Path of the input field that the server named, e.g. ["input", "email"]. */
  readonly field: readonly string[] | null;
}

/** Codes that the locale has a sentence for; anything else reads as INTERNAL. */
export const knownErrorCodes = [
  'NETWORK',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BAD_USER_INPUT',
  'RATE_LIMITED',
  'TOO_COMPLEX',
  'NOT_FOUND',
  'INTERNAL',
] as const;
