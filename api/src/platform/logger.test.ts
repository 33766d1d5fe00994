import { DatabaseError } from 'pg';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLogger, type LogLevel } from './logger.ts';

const EMAIL = 'ana.cruz@example.com';
const PHONE = '+639171234567';
const PERSON = 'Ana Cruz';

function aLog({ isJson = true, level = 'info' }: { isJson?: boolean; level?: LogLevel } = {}) {
  const lines: string[] = [];
  const log = createLogger({ level, isJson, stream: { write: (line) => lines.push(line) } });
  return { log, lines, text: () => lines.join(''), last: (): unknown => JSON.parse(lines.at(-1) ?? 'null') };
}

function aDatabaseError(): DatabaseError {
  const error = new DatabaseError(`duplicate key for ${EMAIL}`, 100, 'error');
  return Object.assign(error, {
    code: '23505',
    table: 'patient',
    constraint: 'patient_email_key',
    detail: `Key (email)=(${EMAIL}) already exists.`,
    where: `COPY patient, line 1: "${PERSON}"`,
    parameters: [PERSON, PHONE],
    query: `insert into patient values ('${PERSON}')`,
  });
}

function expectNobodyIn(text: string): void {
  for (const part of [EMAIL, 'ana.cruz', PHONE, '9171234567', PERSON, 'Ana', 'Cruz']) expect(text).not.toContain(part);
}

describe('a log line', () => {
  it('is one JSON object with time, level, message and the known fields', () => {
    const { log, last } = aLog();

    log.info({ requestId: 'req-1', durationMs: 12.5, statusCode: 200, operationName: 'Queue' }, 'answered');

    expect(last()).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      requestId: 'req-1',
      durationMs: 12.5,
      statusCode: 200,
      operationName: 'Queue',
      msg: 'answered',
    });
  });

  it('is readable on one line outside production', () => {
    const { log, lines } = aLog({ isJson: false });

    log.warn({ requestId: 'req-1' }, 'slow');

    expect(lines).toEqual([expect.stringMatching(/^\d\d:\d\d:\d\d\.\d{3} warn {2}slow requestId=req-1\n$/)]);
  });

  it('is left out below the level', () => {
    const { log, lines } = aLog({ level: 'warn' });

    log.info({}, 'quiet');

    expect(lines).toEqual([]);
  });

  it('repeats the fields of its child logger', () => {
    const { log, last } = aLog();

    log.child({ requestId: 'req-2' }).error({ code: 'X' }, 'failed');

    expect(last()).toMatchObject({ level: 'error', requestId: 'req-2', code: 'X' });
  });
});

describe('personal data', () => {
  it.each([true, false])('under an unknown key is dropped and counted (JSON: %s)', (isJson) => {
    const { log, text } = aLog({ isJson });
    const fields: object = { requestId: 'req-1', email: EMAIL, patient: { name: PERSON, phone: PHONE }, phone: PHONE };

    log.info(fields, 'saved');
    log.child(fields).info({}, 'saved');

    expectNobodyIn(text());
    expect(text()).toMatch(/dropped"?[:=]3/);
  });

  it('under a known key is dropped: a sentence or an address is no name and no id', () => {
    const { log, text } = aLog();

    log.info({ operationName: EMAIL, topic: PERSON, requestId: PHONE, code: `x\n${PERSON}` }, 'saved');

    expectNobodyIn(text());
    expect(text()).toContain('"dropped":4');
  });

  it.each([true, false])('in an error of PostgreSQL is not printed (JSON: %s)', (isJson) => {
    const { log, text } = aLog({ isJson });

    log.error({ err: aDatabaseError() }, 'a request failed');
    log.error({ err: new Error(`wrapped for ${PERSON}`, { cause: aDatabaseError() }) }, 'a request failed');

    expectNobodyIn(text());
    expect(text()).toContain('patient_email_key');
    expect(text()).toContain('23505');
  });

  it('in an error’s name, message, code or properties is not printed', () => {
    const { log, text } = aLog();
    const error = Object.assign(new Error(`${PERSON}\n    at ${PERSON} (x.ts:1:1)`), { code: EMAIL, name: PERSON });

    log.error({ err: error }, 'a request failed');
    log.error({ err: EMAIL }, 'a request failed');
    log.error({ err: { message: EMAIL } }, 'a request failed');

    expectNobodyIn(text());
  });

  it('in an error whose message changed after it was thrown is not printed', () => {
    const { log, text } = aLog();
    const error = new Error(`${PERSON}\n    at ${PERSON} (x.ts:1:1)`);
    error.message = 'ruz';

    log.error({ err: error }, 'a request failed');

    expectNobodyIn(text());
  });

  it('in the stack of an error that another one carries along is not printed', () => {
    const { log, text } = aLog();
    const error = new Error('insert failed');
    error.stack = `${String(error.stack)}\nprevious error: key\n    at ${PERSON} (x.ts:1:1)`;

    log.error({ err: error }, 'a request failed');

    expectNobodyIn(text());
    expect(text()).toContain('logger.test.ts');
  });

  it('never appears, whatever the key', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (key) => {
        const { log, text } = aLog();
        log.info(Object.fromEntries([[key, EMAIL]]), 'saved');
        expect(text()).not.toContain(EMAIL);
      }),
    );
  });
});

describe('an error', () => {
  it('is printed with its name, its code and where it happened', () => {
    const { log, last } = aLog();

    log.error({ err: Object.assign(new TypeError('x is not a function'), { code: 'ERR_X' }) }, 'a request failed');

    expect(last()).toMatchObject({
      err: {
        name: 'TypeError',
        code: 'ERR_X',
        frames: expect.arrayContaining([expect.stringContaining('logger.test.ts')]),
      },
    });
  });
});
