interface PostgresError {
  code?: string;
  constraint?: string;
  cause?: unknown;
}

function asPostgresError(error: unknown): PostgresError {
  return typeof error === 'object' && error !== null ? error : {};
}

/** The SQLSTATE of an error, through the wrappers that the ORM puts around it; null for any other error. */
export function sqlState(error: unknown): string | null {
  const { code, cause } = asPostgresError(error);
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return code;
  return cause === undefined ? null : sqlState(cause);
}

/** The name of the constraint that refused a row, or null. */
export function violatedConstraint(error: unknown): string | null {
  const { constraint, cause } = asPostgresError(error);
  if (typeof constraint === 'string') return constraint;
  return cause === undefined ? null : violatedConstraint(cause);
}

const deadlock = '40P01';
const serializationFailure = '40001';

/** Whether the same transaction may well pass when it is simply run again. */
export function isWorthRetrying(error: unknown): boolean {
  const state = sqlState(error);
  return state === deadlock || state === serializationFailure;
}

const featureNotSupported = '0A000';
const invalidStatementName = '26000';

/** Whether a prepared statement no longer fits its tables, or is gone; parsed anew it will do. */
export function isStalePlan(error: unknown): boolean {
  const state = sqlState(error);
  return state === featureNotSupported || state === invalidStatementName;
}

/** Classes of SQLSTATE: connections that broke or were refused, a server that starts or stops, no more room. */
const awayClasses = /^(08|53|57P0)/;
const brokenSocket = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOENT',
]);

/** Whether nothing is wrong with what was asked, only that the database is not there to answer at the moment. */
export function isDatabaseAway(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== null) return awayClasses.test(state);
  if (!(error instanceof Error)) return false;
  const { code, cause } = asPostgresError(error);
  if (typeof code === 'string' && brokenSocket.has(code)) return true;
  // The driver gives these no code of their own.
  if (
    /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/.test(
      error.message,
    )
  )
    return true;
  return cause !== undefined && isDatabaseAway(cause);
}
