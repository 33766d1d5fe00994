/**
 * What a log line may hold. No personal data ever: a key that is not listed here is dropped and counted, also when
 * it arrives inside an object whose type hides it.
 */
export interface LogFields {
  /** Printed as name, code, stack frames and the names of what was violated; never with its message. */
  err?: unknown;
  requestId?: string;
  operationName?: string;
  clinicId?: string;
  userId?: string;
  subjectId?: string;
  eventType?: string;
  jobName?: string;
  topic?: string;
  code?: string;
  method?: string;
  route?: string;
  statusCode?: number;
  durationMs?: number;
  count?: number;
  attempt?: number;
  port?: number;
  processRole?: string;
  version?: string;
}

const TEXT_KEYS = new Set<string>([
  'requestId',
  'operationName',
  'clinicId',
  'userId',
  'subjectId',
  'eventType',
  'jobName',
  'topic',
  'code',
  'method',
  'route',
  'processRole',
  'version',
]);
const NUMBER_KEYS = new Set<string>(['statusCode', 'durationMs', 'count', 'attempt', 'port']);

/** Names, ids and paths; neither a blank nor an @, so that no sentence and no address fits. */
const PLAIN_TEXT = /^[\w.:/*-]{1,160}$/;
const IDENTIFIER = /^[\w.]{1,80}$/;
const STACK_NAME = /^[\w.$]*(?: \[\w+\])?(?:: )?$/;
const STACK_FRAME = /^\s+at .{1,400}$/;

const FRAMES_MAXIMUM = 20;
const CAUSES_MAXIMUM = 3;

/** Names of rows, columns and rules in PostgreSQL's errors: they come from our migrations, not from people. */
const ERROR_KEYS = ['code', 'schema', 'table', 'column', 'constraint', 'routine', 'severity'];

/**
 * Returns the fields that may be printed. Everything else is left out, and `dropped` says how many there were.
 */
export function printableFields(fields: LogFields): Record<string, unknown> {
  const printable: Record<string, unknown> = {};
  let dropped = 0;
  for (const [key, value] of Object.entries(fields)) {
    if (value === undefined || value === null) continue;
    if (key === 'err') printable.err = printableError(value);
    else if (isPrintable(key, value)) printable[key] = value;
    else dropped += 1;
  }
  if (dropped > 0) printable.dropped = dropped;
  return printable;
}

function isPrintable(key: string, value: unknown): boolean {
  if (typeof value === 'number') return NUMBER_KEYS.has(key) && Number.isFinite(value);
  return typeof value === 'string' && TEXT_KEYS.has(key) && PLAIN_TEXT.test(value);
}

/**
 * Returns what may be said of an error: what it is and where it happened. Not its message, nor PostgreSQL's detail,
 * where and parameters: they quote the values of rows. Not the message of our own errors either, since a bug may
 * have put a value there.
 */
function printableError(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: 'NotAnError' };
  const printable: Record<string, unknown> = { name: IDENTIFIER.test(error.name) ? error.name : 'Error' };
  const values = new Map(Object.entries(error));
  for (const key of ERROR_KEYS) {
    const value = values.get(key);
    if (typeof value === 'string' && IDENTIFIER.test(value)) printable[key] = value;
  }
  printable.frames = framesOf(error);
  if (error.cause !== undefined && depth < CAUSES_MAXIMUM) printable.cause = printableError(error.cause, depth + 1);
  return printable;
}

/**
 * A stack starts with the name and the message as they were at the throw, and may go on with another error's.
 * Only the unbroken run of frames after this error's own message is taken, none when that message is not found.
 */
function framesOf(error: Error): string[] {
  const stack = error.stack ?? '';
  const start = error.message === '' ? stack.indexOf('\n') : stack.indexOf(error.message);
  const rest = stack.slice(start + error.message.length);
  if (start < 0 || !STACK_NAME.test(stack.slice(0, start)) || !rest.startsWith('\n')) return [];
  const lines = rest.slice(1).split('\n');
  const end = lines.findIndex((line) => !STACK_FRAME.test(line));
  return lines.slice(0, end < 0 ? FRAMES_MAXIMUM : Math.min(end, FRAMES_MAXIMUM)).map((line) => line.trim());
}
