import { describe, expect, it } from 'vitest';
import { callsAfter, freshMs, hasNews, isFresh, type BoardEntry } from './calls.ts';

const entry = (queueNumber: number, status: BoardEntry['status'] = 'CALLED'): BoardEntry => ({
  __typename: 'WaitingBoardEntry',
  queueNumber,
  status,
  doctorName: 'Dr Rao',
  estimatedWaitMinutes: null,
});
const numbers = (calls: readonly { queueNumber: number }[]) => calls.map(({ queueNumber }) => queueNumber);

describe('the calls on a waiting room’s screen', () => {
  it('are those who are called, the latest first', () => {
    const first = callsAfter(null, [entry(4), entry(5, 'WAITING'), entry(3, 'IN_PROGRESS')], 100_000);
    const second = callsAfter(first, [entry(4), entry(5)], 110_000);

    expect(numbers(first)).toEqual([4]);
    expect(numbers(second)).toEqual([5, 4]);
    expect(numbers(callsAfter(second, [entry(5)], 120_000))).toEqual([5]);
  });

  it('are news once: not what was there when the screen was opened, and again after going back', () => {
    const opened = callsAfter(null, [entry(4)], 100_000);
    const called = callsAfter(opened, [entry(4), entry(5)], 110_000);
    const back = callsAfter(called, [entry(4)], 120_000);
    const again = callsAfter(back, [entry(4), entry(5)], 130_000);

    expect([hasNews(null, opened), hasNews(opened, called), hasNews(called, called)]).toEqual([false, true, false]);
    expect(opened.map((call) => isFresh(call, 100_000))).toEqual([false]);
    expect(called.map((call) => isFresh(call, 110_000 + freshMs - 1))).toEqual([true, false]);
    expect(hasNews(back, again)).toBe(true);
    expect(again[0]).toEqual({ queueNumber: 5, doctorName: 'Dr Rao', since: 130_000 });
  });
});
