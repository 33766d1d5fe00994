import { expect, it } from 'vitest';
import { movableClock, systemClock } from './clock.ts';

it('stands still until it is moved', () => {
  const clock = movableClock(new Date('2026-01-01T00:00:00Z'));
  expect(clock.now()).toEqual(new Date('2026-01-01T00:00:00Z'));

  clock.advance(90_000);
  expect(clock.now()).toEqual(new Date('2026-01-01T00:01:30Z'));

  clock.set(new Date('2025-06-01T00:00:00Z'));
  expect(clock.now()).toEqual(new Date('2025-06-01T00:00:00Z'));
});

it('is not moved by a caller who changes an answer', () => {
  const clock = movableClock(new Date(0));

  clock.now().setTime(5);

  expect(clock.now().getTime()).toBe(0);
});

it('shows the time of the machine', () => {
  const before = Date.now();

  expect(systemClock.now().getTime()).toBeGreaterThanOrEqual(before);
});
