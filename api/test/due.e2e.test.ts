import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inTransaction, lockInOrder } from '../src/platform/db/transaction.ts';
import { cancel, pauseMs, schedule } from '../src/platform/due/due.ts';
import { runDue, systemAt, type DueHandlers } from '../src/app/due-running.service.ts';
import { DueWorker } from '../src/app/due-worker.ts';
import { aClinic, type TestClinic } from './support/clinic.ts';
import { query } from './support/database.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './support/server.ts';

const minuteMs = 60_000;

let server: TestServerHandle;
let clinic: TestClinic;

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
});
beforeEach(() => server.clock.set(mondayMorning));
afterAll(() => server.stop());

const place = () => ({ clinicId: clinic.id, clockOffsetMs: 0 });
const inMinutes = (minutes: number) => new Date(mondayMorning.getTime() + minutes * minuteMs);

/** Lets something fall due about a subject of its own; what its handler does is written down here and in the database. */
async function plan(kind: string, minutes: number, subjectId: string = randomUUID(), cause = ''): Promise<string> {
  await inTransaction(systemAt(server.runtime, place()), async (tx) => {
    await schedule(tx, { kind, subjectId, cause, dueAt: inMinutes(minutes) });
    tx.audit({ action: 'test.schedule', subjectId });
  });
  return subjectId;
}

const takeBack = (kind: string, subjectId: string, cause?: string) =>
  inTransaction(systemAt(server.runtime, place()), async (tx) => {
    await lockInOrder(tx, [subjectId]);
    await cancel(tx, { kind, subjectId, ...(cause !== undefined && { cause }) });
    tx.audit({ action: 'test.cancel', subjectId });
  });

const left = async (kind: string): Promise<number> =>
  (await query(server.database.adminUrl, 'select from due where kind = $1', [kind])).length;
const effects = async (subjectId: string): Promise<number> =>
  (
    await query(server.database.adminUrl, `select from audit_entry where subject_id = $1 and action = 'test.effect'`, [
      subjectId,
    ])
  ).length;

/** Its effect stands in the database, under the subject's lock, as that of every handler. */
const effective: DueHandlers[string] = async (_ctx, tx, due) => {
  await lockInOrder(tx, [due.subjectId]);
  tx.audit({ action: 'test.effect', subjectId: due.subjectId });
};

describe('what falls due', () => {
  it('runs at its time, in the order of time, once, by the clinic’s clock', async () => {
    const seen: string[] = [];
    const handlers: DueHandlers = {
      order: (ctx, tx, due) => {
        seen.push(`${due.cause} at ${ctx.clock.now().toISOString()} ${tx.now.toISOString()}`);
        return Promise.resolve();
      },
    };
    await plan('order', 30, randomUUID(), 'second');
    await plan('order', 20, randomUUID(), 'first');
    const later = await plan('order', 40, randomUUID(), 'later');

    server.clock.set(inMinutes(19));
    const early = await runDue(server.runtime, place(), handlers);
    server.clock.set(inMinutes(30));
    const onTime = await runDue(server.runtime, place(), handlers);
    const again = await runDue(server.runtime, place(), handlers);

    const at = inMinutes(30).toISOString();
    expect([early, onTime, again]).toEqual([0, 2, 0]);
    expect(seen).toEqual([`first at ${at} ${at}`, `second at ${at} ${at}`]);
    expect(await left('order')).toBe(1);
    await takeBack('order', later);
  });

  it('is scheduled with what causes it or not at all', async () => {
    const subjectId = randomUUID();

    await expect(
      inTransaction(systemAt(server.runtime, place()), async (tx) => {
        await schedule(tx, { kind: 'undone', subjectId, dueAt: inMinutes(1) });
        throw new Error('the cause was refused');
      }),
    ).rejects.toThrow('the cause was refused');

    expect(await left('undone')).toBe(0);
  });

  it('moves when it is scheduled again, and is gone when it is taken back', async () => {
    const moved = await plan('moved', 5);
    await plan('moved', 50, moved);
    const kept = await plan('taken', 5, undefined, 'a');
    await plan('taken', 5, kept, 'b');
    await takeBack('taken', kept, 'b');
    const gone = await plan('taken', 5, undefined, 'a');
    await plan('taken', 5, gone, 'b');
    await takeBack('taken', gone);

    server.clock.set(inMinutes(10));
    const handlers = { moved: effective, taken: effective };
    await runDue(server.runtime, place(), handlers);

    expect([await effects(moved), await effects(kept), await effects(gone)]).toEqual([0, 1, 0]);
    server.clock.set(inMinutes(50));
    await runDue(server.runtime, place(), handlers);
    expect(await effects(moved)).toBe(1);
  });

  it('is tried again after growing pauses when it fails, leaves nothing of it behind, and holds up nothing else', async () => {
    const failing = await plan('failing', 1);
    const other = await plan('other', 2);
    let tries = 0;
    const handlers: DueHandlers = {
      other: effective,
      failing: async (ctx, tx, due) => {
        tries += 1;
        await effective(ctx, tx, due);
        if (tries < 3) throw new Error('not today');
      },
    };
    server.clock.set(inMinutes(5));

    await runDue(server.runtime, place(), handlers);
    const first = [tries, await effects(failing), await effects(other)];
    server.clock.advance(pauseMs(0));
    await runDue(server.runtime, place(), handlers);
    server.clock.advance(pauseMs(0));
    await runDue(server.runtime, place(), handlers);
    const tooEarly = tries;
    server.clock.advance(pauseMs(1) - pauseMs(0));
    await runDue(server.runtime, place(), handlers);

    expect(first).toEqual([1, 0, 1]);
    expect(tooEarly).toBe(2);
    expect([tries, await effects(failing), await left('failing')]).toEqual([3, 1, 0]);
    expect([0, 1, 2, 10, 11, 12, 99].map(pauseMs)).toEqual([
      1_000, 2_000, 4_000, 1_024_000, 2_048_000, 3_600_000, 3_600_000,
    ]);
  });

  it('may be scheduled again, or taken back, by its own handler', async () => {
    const again = await plan('again', 1);
    const over = await plan('over', 1);
    const handlers: DueHandlers = {
      again: async (ctx, tx, due) => {
        await effective(ctx, tx, due);
        await schedule(tx, { ...due, dueAt: new Date(due.dueAt.getTime() + minuteMs) });
      },
      over: async (ctx, tx, due) => {
        await effective(ctx, tx, due);
        await cancel(tx, { kind: 'over', subjectId: due.subjectId });
      },
    };

    server.clock.set(inMinutes(1));
    await runDue(server.runtime, place(), handlers);
    server.clock.set(inMinutes(2));
    await runDue(server.runtime, place(), handlers);

    expect([await effects(again), await left('again'), await effects(over), await left('over')]).toEqual([2, 1, 1, 0]);
    await takeBack('again', again);
  });

  it('has its effect once however many workers are at it, and none when it is taken back in the meantime', async () => {
    const subjects = await Promise.all(Array.from({ length: 24 }, () => plan('shared', 1)));
    server.clock.set(inMinutes(1));
    const takenBack = subjects.slice(0, 12);

    const before = new Set<string>();
    const [counts] = await Promise.all([
      Promise.all(Array.from({ length: 4 }, () => runDue(server.runtime, place(), { shared: effective }))),
      ...takenBack.map(async (subjectId) => {
        await takeBack('shared', subjectId);
        if ((await effects(subjectId)) > 0) before.add(subjectId);
      }),
    ]);
    await runDue(server.runtime, place(), { shared: effective });

    const found = await Promise.all(subjects.map(effects));
    expect(found.slice(12)).toEqual(Array.from({ length: 12 }, () => 1));
    expect(found.slice(0, 12)).toEqual(takenBack.map((id) => (before.has(id) ? 1 : 0)));
    expect(await left('shared')).toBe(0);
    expect(counts).toHaveLength(4);
  });

  it('wakes a worker by itself, at a commit’s call and at its own instant', async () => {
    const subjectId = await plan('woken', 1);
    const worker = new DueWorker(server.runtime, (at) => runDue(server.runtime, at, { woken: effective }));
    const until = async (wanted: string) => {
      const startedAt = performance.now();
      while ((await effects(wanted)) === 0 && performance.now() - startedAt < 4_000)
        await new Promise((resolve) => setTimeout(resolve, 20));
      return [await effects(wanted), performance.now() - startedAt < 2_500];
    };
    worker.wake();

    server.clock.set(inMinutes(1));
    const byItself = await until(subjectId);
    const next = await plan('woken', 1);
    worker.wake();
    const called = await until(next);

    await worker.stop();
    expect([byItself, called]).toEqual([
      [1, true],
      [1, true],
    ]);
  });
});
