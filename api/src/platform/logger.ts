import { destination, pino, stdTimeFunctions, type Logger as PinoLogger } from 'pino';
import { printableFields, type LogFields } from './log-fields.ts';

export type { LogFields } from './log-fields.ts';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

type Write = (fields: LogFields, message: string) => void;

/**
 * Writes what happened, without personal data: of the fields only those of `LogFields` are printed. The message is
 * a fixed text, never built from values.
 */
export interface Logger {
  fatal: Write;
  error: Write;
  warn: Write;
  info: Write;
  debug: Write;
  trace: Write;
  /** Returns a logger that adds these fields to each of its lines. */
  child(fields: LogFields): Logger;
}

export interface LoggerOptions {
  level: LogLevel;
  /** True: one JSON object a line for machines. False: one line of text for a person at a terminal. */
  isJson: boolean;
  /** Where the lines go; standard output unless given. */
  stream?: { write(line: string): void };
}

/** Makes the process's logger; lines are written at once, so that the last words of a crash are not lost. */
export function createLogger({ level, isJson, stream = destination({ fd: 1, sync: true }) }: LoggerOptions): Logger {
  const target = isJson ? stream : { write: (line: string) => stream.write(readableLine(line)) };
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return wrap(pino(options, target));
}

function wrap(target: PinoLogger): Logger {
  return {
    fatal: (fields, message) => target.fatal(printableFields(fields), message),
    error: (fields, message) => target.error(printableFields(fields), message),
    warn: (fields, message) => target.warn(printableFields(fields), message),
    info: (fields, message) => target.info(printableFields(fields), message),
    debug: (fields, message) => target.debug(printableFields(fields), message),
    trace: (fields, message) => target.trace(printableFields(fields), message),
    child: (fields) => wrap(target.child(printableFields(fields))),
  };
}

function readableLine(line: string): string {
  const { time, level, msg, err, ...fields }: Record<string, unknown> = JSON.parse(line);
  const clock = String(time).slice(11, 23);
  const pairs = Object.entries(fields).map(([key, value]) => `${key}=${String(value)}`);
  const head = [clock, String(level).padEnd(5), String(msg), ...pairs].join(' ');
  return err === undefined ? `${head}\n` : `${head}\n${readableError(err)}`;
}

function readableError(err: unknown): string {
  return `      ${JSON.stringify(err, null, 2).replaceAll('\n', '\n      ')}\n`;
}
