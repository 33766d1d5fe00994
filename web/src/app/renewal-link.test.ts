import { ApolloLink, Observable, execute, gql, type FetchResult } from '@apollo/client/core';
import { describe, expect, it, vi } from 'vitest';
import { renewalLink } from './renewal-link.ts';
import { createTokenKeeper, type AccessToken } from './tokens.ts';

const query = gql`
  query Today {
    today
  }
`;
const refused: FetchResult = { errors: [{ message: 'Sign in.', extensions: { code: 'UNAUTHENTICATED' } }] };
const fine: FetchResult = { data: { today: 3 } };

function aServer(answers: FetchResult[]) {
  const renew = vi.fn<() => Promise<AccessToken | null>>(() => Promise.resolve({ value: 'new', renewAtMs: 0 }));
  const send = vi.fn<() => Observable<FetchResult>>(() => Observable.of(answers.shift() ?? fine));
  const link = ApolloLink.from([renewalLink(createTokenKeeper({ renew })), new ApolloLink(send)]);
  const ask = (): Promise<FetchResult> =>
    new Promise((resolve, reject) => {
      let last: FetchResult = {};
      execute(link, { query }).subscribe({
        next: (result) => {
          last = result;
        },
        error: reject,
        complete: () => resolve(last),
      });
    });
  return { renew, send, ask };
}

describe('a refused token', () => {
  it('is renewed once, and the operation sent again', async () => {
    const server = aServer([refused, fine]);

    expect(await server.ask()).toEqual(fine);
    expect(server.renew).toHaveBeenCalledTimes(1);
    expect(server.send).toHaveBeenCalledTimes(2);
  });

  it('is not renewed in circles: the second refusal is the answer', async () => {
    const server = aServer([refused, refused]);

    expect(await server.ask()).toEqual(refused);
    expect(server.renew).toHaveBeenCalledTimes(1);
  });

  it('costs one renewal for operations that are refused together', async () => {
    const server = aServer([refused, refused, fine, fine]);

    expect(await Promise.all([server.ask(), server.ask()])).toEqual([fine, fine]);
    expect(server.renew).toHaveBeenCalledTimes(1);
  });

  it('is left alone by other errors', async () => {
    const forbidden: FetchResult = { errors: [{ message: 'No.', extensions: { code: 'FORBIDDEN' } }] };
    const server = aServer([forbidden]);

    expect(await server.ask()).toEqual(forbidden);
    expect(server.renew).not.toHaveBeenCalled();
  });
});
