import { describe, expect, it } from 'vitest';
import { excessOf, isLost, isOvertaken, isUsable, nextAsk } from './checkout.domain.ts';

const now = new Date('2030-03-04T01:00:00Z');
const after = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const page = { url: 'https://gateway.example/1', amountMinor: 1_000, createdAt: now, expiresAt: after(60) };

describe('a page to pay on', () => {
  it('serves again while it is open and asks for what is owed', () => {
    expect(isUsable(page, 1_000, after(55))).toBe(true);
    expect(isUsable(page, 1_000, after(56))).toBe(false);
    expect(isUsable(page, 700, now)).toBe(false);
  });

  it('is lost when the gateway has not said within a minute where it is', () => {
    expect(isLost({ ...page, url: null }, after(0.9))).toBe(false);
    expect(isLost({ ...page, url: null }, after(1))).toBe(true);
    expect(isUsable({ ...page, url: null }, 1_000, after(1))).toBe(false);
    expect(isLost(page, after(30))).toBe(false);
  });

  it('is overtaken by its hour and by every change of what is owed', () => {
    expect(isOvertaken(page, 1_000, after(59))).toBe(false);
    expect(isOvertaken(page, 1_000, after(60))).toBe(true);
    expect(isOvertaken(page, 0, now)).toBe(true);
  });
});

describe('asking the gateway', () => {
  it('begins after a quarter of a minute and ends up at once an hour', () => {
    const pauses = [0, 1, 2, 7, 8, 99].map((asked) => (nextAsk(asked, now).getTime() - now.getTime()) / 1_000);

    expect(pauses).toEqual([15, 30, 60, 1_920, 3_600, 3_600]);
  });
});

describe('what goes back at once', () => {
  it('is all that is paid beyond what is owed', () => {
    expect([excessOf(1_000, 1_000), excessOf(1_000, 700), excessOf(1_000, 0), excessOf(500, 700)]).toEqual([
      0, 300, 1_000, 0,
    ]);
  });
});
