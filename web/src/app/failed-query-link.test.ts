import { ApolloLink, execute, gql, Observable, type DocumentNode } from '@apollo/client/core';
import { describe, expect, it } from 'vitest';
import { toAppError } from './errors.ts';
import { failedQueryLink } from './failed-query-link.ts';

const failed = { message: 'Something went wrong.', extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'req-9' } };

function ask(query: DocumentNode): Promise<unknown> {
  const end = new ApolloLink(() => Observable.of({ data: { staff: null }, errors: [failed] }));
  return new Promise((resolve, reject) => {
    execute(ApolloLink.from([failedQueryLink(), end]), { query }).subscribe(resolve, reject);
  });
}

describe('an operation that the server could not answer', () => {
  it('is a failed one when it reads, with the request id that support asks for', async () => {
    const query = gql`
      query Team {
        staff {
          id
        }
      }
    `;

    const error: unknown = await ask(query).catch((thrown: unknown) => thrown);

    expect(toAppError(error)).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', requestId: 'req-9' });
  });

  it('keeps its answer when it changes something', async () => {
    const mutation = gql`
      mutation Leave {
        signOut
      }
    `;

    expect(await ask(mutation)).toMatchObject({ errors: [failed] });
  });
});
