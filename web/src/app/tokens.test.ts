import { describe, expect, it, vi } from 'vitest';
import { createTokenKeeper, renewalTime, type AccessToken } from './tokens.ts';

const token = (value: string, renewAtMs: number): AccessToken => ({ value, renewAtMs });

describe('keeping the access token', () => {
  it('renews once however many ask at the same time', async () => {
    const renew = vi.fn<() => Promise<AccessToken | null>>(() => Promise.resolve(token('second', 2_000)));
    const keeper = createTokenKeeper({ renew, nowMs: () => 1_500 });
    keeper.set(token('first', 1_000));

    const answers = await Promise.all([keeper.fresh(), keeper.fresh(), keeper.renewNow()]);

    expect(answers).toEqual(['second', 'second', 'second']);
    expect(renew).toHaveBeenCalledTimes(1);
  });

  it('hands out the token it has until it is due', async () => {
    const renew = vi.fn<() => Promise<AccessToken | null>>(() => Promise.resolve(null));
    const keeper = createTokenKeeper({ renew, nowMs: () => 999 });
    keeper.set(token('first', 1_000));

    expect(await keeper.fresh()).toBe('first');
    expect(renew).not.toHaveBeenCalled();
  });

  it('asks nothing for somebody who is not signed in', async () => {
    const renew = vi.fn<() => Promise<AccessToken | null>>(() => Promise.resolve(token('other', 0)));

    expect(await createTokenKeeper({ renew }).fresh()).toBeNull();
    expect(renew).not.toHaveBeenCalled();
  });

  it('keeps the old token when the server is out of reach, and tries again the next time', async () => {
    const renew = vi.fn<() => Promise<AccessToken | null>>();
    renew.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    renew.mockResolvedValueOnce(token('second', 9_000));
    const keeper = createTokenKeeper({ renew, nowMs: () => 1_000 });
    keeper.set(token('first', 1_000));

    await expect(keeper.fresh()).rejects.toThrow('Failed to fetch');

    expect(await keeper.fresh()).toBe('second');
  });
});

describe('when to renew', () => {
  const nowMs = Date.parse('2026-03-02T00:00:00Z');

  it('is a minute before the end', () => {
    expect(renewalTime('2026-03-02T00:10:00Z', nowMs) - nowMs).toBe(9 * 60_000);
  });

  it('is sane on a device whose clock is hours off', () => {
    expect(renewalTime('2026-03-02T08:00:00Z', nowMs) - nowMs).toBe(14 * 60_000);
    expect(renewalTime('2026-03-01T20:00:00Z', nowMs) - nowMs).toBe(15_000);
  });
});
