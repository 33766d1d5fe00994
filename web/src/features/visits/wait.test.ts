import { describe, expect, it } from 'vitest';
import { minutesSince, waitLook } from './wait.ts';

describe('how a wait is shown', () => {
  it('is long from 20 minutes on and very long from 40', () => {
    const words = [0, 19, 20, 39, 40, 300].map((minutes) => waitLook(minutes).word);

    expect(words).toEqual(['usual', 'usual', 'long', 'long', 'veryLong', 'veryLong']);
  });

  it('has an icon of its own for each word', () => {
    expect(new Set([0, 20, 40].map((minutes) => waitLook(minutes).icon)).size).toBe(3);
  });
});

describe('the minutes of a wait', () => {
  it('are whole ones', () => {
    expect(minutesSince('2026-03-02T01:00:00Z', Date.parse('2026-03-02T01:19:59Z'))).toBe(19);
  });

  it('are none when the device is behind', () => {
    expect(minutesSince('2026-03-02T01:00:00Z', Date.parse('2026-03-02T00:58:00Z'))).toBe(0);
  });
});
