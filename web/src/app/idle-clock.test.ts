import { describe, expect, it } from 'vitest';
import { createIdleClock } from './idle-clock.ts';

const minute = 60_000;

function aClock(limitMinutes: number) {
  let now = 0;
  const clock = createIdleClock(
    () => limitMinutes * minute,
    () => now,
  );
  return { clock, pass: (ms: number) => (now += ms) };
}

describe('the idle clock', () => {
  it('takes requests for background ones after a minute without input, and no sooner', () => {
    const { clock, pass } = aClock(30);

    pass(minute);
    expect(clock.isBackground()).toBe(false);
    pass(1);
    expect(clock.isBackground()).toBe(true);
    clock.noteInput();
    expect(clock.isBackground()).toBe(false);
  });

  it('ends a minute before the server could, since the server may not have noted the last minute', () => {
    const { clock, pass } = aClock(30);

    pass(10 * minute);
    clock.noteInput();

    expect(clock.leftMs()).toBe(29 * minute);
  });

  it('begins anew with each input, from whichever tab it comes', () => {
    const { clock, pass } = aClock(30);
    pass(28 * minute + 30_000);
    expect(clock.leftMs()).toBe(30_000);

    clock.noteInput(28 * minute);

    expect(clock.leftMs()).toBe(28 * minute + 30_000);
  });

  it('tells the server of somebody who only types, once a minute', () => {
    const { clock, pass } = aClock(30);
    pass(30_000);
    clock.noteInput();
    expect(clock.mustTell()).toBe(false);

    pass(30_000);
    expect(clock.mustTell()).toBe(true);

    clock.noteTold();
    expect(clock.mustTell()).toBe(false);
  });

  it('tells the server nothing when nobody did anything', () => {
    const { clock, pass } = aClock(30);
    pass(20 * minute);

    expect(clock.mustTell()).toBe(false);
  });

  it('never ends a session without a limit', () => {
    const { clock, pass } = aClock(0);
    pass(1_000 * minute);

    expect(clock.leftMs()).toBe(Number.POSITIVE_INFINITY);
    expect(clock.mustTell()).toBe(false);
  });

  it('asks half-way when the limit is shorter than two minutes', () => {
    expect(aClock(1).clock.warnMs()).toBe(30_000);
    expect(aClock(30).clock.warnMs()).toBe(minute);
  });
});
