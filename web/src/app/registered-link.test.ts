import { ApolloLink, execute, gql, Observable, type FetchResult, type Operation } from '@apollo/client/core';
import { describe, expect, it } from 'vitest';
import { registeredLink } from './registered-link.ts';

const query = Object.assign(
  gql`
    query Answer {
      answer
    }
  `,
  { __meta__: { hash: 'sha256:abc' } },
);

interface Sent {
  documentId: unknown;
  includeQuery: unknown;
}

/** A server that answers as told, and what it was sent. */
function ask(isBuilt: boolean, answers: (FetchResult | Error)[]): { sent: Sent[]; answer: Promise<FetchResult> } {
  const sent: Sent[] = [];
  const server = new ApolloLink((operation: Operation) => {
    sent.push({
      documentId: operation.extensions['documentId'],
      includeQuery: operation.getContext()['http']?.includeQuery,
    });
    const next = answers.shift() ?? {};
    return new Observable<FetchResult>((observer) => {
      if (next instanceof Error) return observer.error(next);
      observer.next(next);
      observer.complete();
    });
  });
  const answer = new Promise<FetchResult>((resolve, reject) => {
    execute(ApolloLink.from([registeredLink(isBuilt), server]), { query }).subscribe(resolve, reject);
  });
  return { sent, answer };
}

const unknown = [{ message: 'not known', extensions: { code: 'BAD_USER_INPUT', field: ['documentId'] } }];

describe('an operation of the app', () => {
  it('goes as its hash alone', async () => {
    const { sent, answer } = ask(true, [{ data: { answer: 42 } }]);

    expect((await answer).data).toEqual({ answer: 42 });
    expect(sent).toEqual([{ documentId: 'sha256:abc', includeQuery: false }]);
  });

  it.each([
    ['an answer', { errors: unknown }],
    ['a refusal', Object.assign(new Error('400'), { result: { errors: unknown } })],
  ])('follows as text when a server does not know it, told by %s', async (_how, refusal) => {
    const { sent, answer } = ask(true, [refusal, { data: { answer: 42 } }]);

    expect((await answer).data).toEqual({ answer: 42 });
    expect(sent).toEqual([
      { documentId: 'sha256:abc', includeQuery: false },
      { documentId: undefined, includeQuery: true },
    ]);
  });

  it('goes as text in development', async () => {
    const { sent, answer } = ask(false, [{ data: { answer: 42 } }]);

    await answer;
    expect(sent).toEqual([{ documentId: undefined, includeQuery: undefined }]);
  });
});
