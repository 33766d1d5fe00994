import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPlainSchema } from '../src/app/schema.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';
import { root } from './support/source-file.ts';

let open: TestServerHandle;
let shut: TestServerHandle;

beforeAll(async () => {
  open = await startTestServer();
  shut = await startTestServer({ sandbox: false, graphiql: false, introspection: false }, open.database);
});

afterAll(async () => {
  await open.stop();
  await shut.stop();
});

const asBrowser = { headers: { accept: 'text/html,application/xhtml+xml' } };
const at = (server: TestServerHandle, page: string, init: RequestInit = asBrowser): Promise<Response> =>
  fetch(new URL(page, server.url), init);
const policyOf = (response: Response): string => response.headers.get('content-security-policy') ?? '';

describe('GET /graphql', () => {
  it('is Apollo Sandbox to a browser, under a policy that lets in Apollo’s servers on this page alone', async () => {
    const sandbox = await at(open, '/graphql');
    const app = await at(open, '/');

    expect(await sandbox.text()).toContain('<title>Apollo Sandbox');
    expect(policyOf(sandbox)).toContain("script-src 'self' https://embeddable-sandbox.cdn.apollographql.com;");
    expect(policyOf(sandbox)).toContain('frame-src https://sandbox.embed.apollographql.com');
    expect(policyOf(sandbox)).toContain("default-src 'none'");
    expect(policyOf(sandbox)).toContain("frame-ancestors 'none'");
    expect(policyOf(sandbox)).not.toMatch(/script-src[^;]*unsafe/);
    expect(policyOf(app)).not.toContain('apollographql');
  });

  it('has no script in the page itself, and says in words what to do without the internet', async () => {
    const page = await (await at(open, '/graphql')).text();

    expect(page.match(/<script\b[^>]*>/g)).toEqual([expect.stringContaining(' src="/doors/assets/sandbox-')]);
    expect(page).toContain('href="/graphiql"');
    expect(page).toContain('href="/schema.graphql"');
  });

  it('is nothing to a program, and POST answers as ever', async () => {
    const body = '{"query":"{ __typename }"}';
    const posted = await at(open, '/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });

    expect((await at(open, '/graphql', { headers: { accept: 'application/json' } })).status).toBe(404);
    expect((await at(open, '/graphql?query={__typename}', {})).status).toBe(404);
    expect(await posted.json()).toMatchObject({ data: { __typename: 'Query' } });
  });
});

describe('GET /graphiql', () => {
  it('comes from here alone', async () => {
    const response = await at(open, '/graphiql');
    const page = await response.text();

    expect(page).toContain('<title>GraphiQL');
    expect(policyOf(response)).not.toContain('https:');
    expect(policyOf(response)).toContain("worker-src 'self'");
    expect(page).not.toMatch(/(src|href)="https?:/);
  });
});

describe('GET /schema.graphql', () => {
  it('is the file of the repository', async () => {
    const response = await at(open, '/schema.graphql');

    expect(response.headers.get('content-type')).toContain('text/plain');
    expect(await response.text()).toBe(readFileSync(path.join(root, 'schema/schema.graphql'), 'utf8'));
  });
});

describe('the settings', () => {
  it('shut every door', async () => {
    for (const page of ['/graphql', '/graphiql', '/schema.graphql']) {
      const text = await (await at(shut, page)).text();

      expect(text).not.toMatch(/GraphiQL|Sandbox|type Query/);
    }
    expect((await at(shut, '/doors/assets/sandbox.js', {})).status).toBe(404);
  });
});

describe('the example operations', () => {
  const folder = path.join(root, 'web/doors/examples');
  const schema = buildPlainSchema();

  it.each(readdirSync(folder))('%s is what the schema allows', (file) => {
    expect(validate(schema, parse(readFileSync(path.join(folder, file), 'utf8')))).toEqual([]);
  });
});
