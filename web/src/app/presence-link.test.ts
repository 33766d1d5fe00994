import { ApolloLink, execute, gql, Observable } from '@apollo/client/core';
import { describe, expect, it, vi } from 'vitest';
import { createIdleClock } from './idle-clock.ts';
import { presenceLink } from './presence-link.ts';

function aLink(quietMs: number) {
  let now = 0;
  const clock = createIdleClock(
    () => 30 * 60_000,
    () => now,
  );
  now = quietMs;
  const told = vi.spyOn(clock, 'noteTold');
  const headers: unknown[] = [];
  const end = new ApolloLink((operation) => {
    headers.push(operation.getContext()['headers'] ?? {});
    return Observable.of({ data: { viewer: null } });
  });
  return { link: ApolloLink.from([presenceLink(clock), end]), headers, told };
}

const ask = (link: ApolloLink) =>
  new Promise<void>((resolve) => {
    const query = gql`
      query Who {
        viewer {
          role
        }
      }
    `;
    execute(link, { query, context: { headers: { authorization: 'Bearer t' } } }).subscribe({ complete: resolve });
  });

describe('an operation', () => {
  it('is marked as background when nobody has touched anything for more than a minute', async () => {
    const { link, headers, told } = aLink(60_001);

    await ask(link);

    expect(headers).toEqual([{ authorization: 'Bearer t', 'x-background': '1' }]);
    expect(told).not.toHaveBeenCalled();
  });

  it('counts as somebody being there within the minute', async () => {
    const { link, headers, told } = aLink(60_000);

    await ask(link);

    expect(headers).toEqual([{ authorization: 'Bearer t' }]);
    expect(told).toHaveBeenCalledTimes(1);
  });
});
