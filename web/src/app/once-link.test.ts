import { ApolloLink, Observable, execute, gql, type FetchResult } from '@apollo/client/core';
import { describe, expect, it } from 'vitest';
import { onceLink } from './once-link.ts';

const book = gql`
  mutation Book($time: String!) {
    book(time: $time)
  }
`;
const read = gql`
  query Today {
    today
  }
`;
const fine: FetchResult = { data: { book: true } };
const broken: FetchResult = { errors: [{ message: 'Try again.', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] };
const lost = 'lost';

/** A server that answers in turn, and the keys that reached it. */
function aServer(answers: (FetchResult | typeof lost)[]) {
  const keys: (string | undefined)[] = [];
  const server = new ApolloLink((operation) => {
    keys.push(operation.getContext()['headers']?.['idempotency-key']);
    const answer = answers.shift() ?? fine;
    return new Observable<FetchResult>((observer) => {
      if (answer === lost) return observer.error(new TypeError('Failed to fetch'));
      observer.next(answer);
      return observer.complete();
    });
  });
  const link = ApolloLink.from([onceLink(), server]);
  const send = (query = book, variables: Record<string, unknown> = { time: '9:00' }): Promise<void> =>
    new Promise((resolve) => {
      execute(link, { query, variables }).subscribe({ error: () => resolve(), complete: () => resolve() });
    });
  return { keys, send };
}

describe('a change', () => {
  it('is sent again under its key while it has no answer: the connection was lost, or the server broke', async () => {
    const { keys, send } = aServer([lost, broken, fine]);

    await send();
    await send();
    await send();

    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(keys).size).toBe(1);
  });

  it('is a new one once it was answered, or when it is another', async () => {
    const { keys, send } = aServer([fine, fine, lost, fine]);

    await send();
    await send();
    await send(book, { time: '10:00' });
    await send(book, { time: '10:30' });

    expect(new Set(keys).size).toBe(4);
  });

  it('has a key, a question has none', async () => {
    const { keys, send } = aServer([]);

    await send(read, {});

    expect(keys).toEqual([undefined]);
  });
});
