import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OverBudget, Budgets } from '../src/platform/budgets.ts';
import { aClinic, type TestClinic } from './support/clinic.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

/** Every request costs 10, and one more for each object that it may fetch. */
const budgetPerMinute = 1_000;

let server: TestServerHandle;
let clinic: TestClinic;

beforeAll(async () => {
  server = await startTestServer({ budgetPerMinute });
  clinic = await aClinic(server);
});

afterAll(() => server.stop());

const post = (token: string | null, query = '{ viewer { role } }') =>
  fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query }),
  });

describe('a caller’s budget', () => {
  it('is told with every answer, in the answer and in its headers', async () => {
    const response = await post(clinic.owner.token);

    const { extensions } = JSON.parse(await response.text());
    expect(extensions.cost.requested).toBe(11);
    expect(extensions.cost.remaining).toBeLessThan(budgetPerMinute);
    expect(new Date(extensions.cost.resetAt).getTime() - Date.now()).toBeLessThanOrEqual(60_000);
    expect(response.headers.get('ratelimit')).toMatch(/^"caller";r=\d+;t=\d+$/);
    expect(response.headers.get('ratelimit-cost')).toBe('11');
  });

  it('ends with 429, RATE_LIMITED and how long to wait, and is each person’s own', async () => {
    const nurse = await clinic.hire('NURSE');
    const answers = await Promise.all(Array.from({ length: 120 }, () => post(nurse.client.token)));

    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(Math.floor(budgetPerMinute / 11));
    expect(refused.length + Math.floor(budgetPerMinute / 11)).toBe(120);
    const { errors } = JSON.parse((await refused[0]?.text()) ?? '');
    expect(errors[0].extensions.code).toBe('RATE_LIMITED');
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await post((await clinic.hire('RECEPTIONIST')).client.token)).status).toBe(200);
  });

  it('is never overspent by several processes together', async () => {
    const processes = [new Budgets(server.runtime.db), new Budgets(server.runtime.db), new Budgets(server.runtime.db)];
    const spent = await Promise.allSettled(
      processes.flatMap((each) => Array.from({ length: 100 }, () => each.spend('somebody', 10, 1_000))),
    );

    const refusals = spent.filter((each) => each.status === 'rejected');
    expect(refusals.every(({ reason }) => reason instanceof OverBudget)).toBe(true);
    const count = spent.length - refusals.length;
    expect(count).toBeLessThanOrEqual(100);
    // What a process has taken and not spent is lost to the others until the minute is over.
    expect(count).toBeGreaterThanOrEqual(90);
  });
});
