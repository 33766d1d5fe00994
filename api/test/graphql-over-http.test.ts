import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.stop());

/** What the specification leaves to servers: GET is one of them, and this one answers POST alone. */
const required = serverAudits({ url: () => server.url, fetchFn: fetch }).filter(({ name }) => !name.startsWith('MAY'));

describe('the GraphQL-over-HTTP specification', () => {
  it('has audits that must and should hold', () => {
    expect(required.length).toBeGreaterThan(30);
  });

  it.each(required.map(({ name, fn }) => ({ name, fn })))('$name', async ({ fn }) => {
    const result = await fn();
    const reason = 'reason' in result ? result.reason : null;

    expect({ status: result.status, reason }).toEqual({ status: 'ok', reason: null });
  });
});
