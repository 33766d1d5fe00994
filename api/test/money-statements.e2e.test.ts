import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aLivelyBill, aSeenPatient } from './support/bills.ts';
import { aClinic, type TestClinic, type TestMember } from './support/clinic.ts';
import type { TestClient } from './support/client.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';
import { statementsOf } from './support/statements.ts';

const many = 20;

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;

/** Twenty patients, each with a bill that was paid in two parts and refunded in part. */
beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
  doctor = await clinic.hire('DOCTOR');
  for (let count = 0; count < many; count += 1) await aLivelyBill(clinic, await aSeenPatient(clinic, doctor));
});

afterAll(() => server.stop());

const connection = (fields: string) => `{ totalCount nodes { ${fields} } }`;
const amount = '{ amount currency }';
const payment = `id method status amount ${amount} doctorShare ${amount} refunds { id amount ${amount} } receivedBy { name } bill { number }`;
const bill = `id number status allowedActions total ${amount} balance ${amount} patient { name } doctor { name }
  appointment { startsAt visit { id } } items { description total ${amount} service { name } } payments { ${payment} }`;

const lists: [what: string, document: string][] = [
  ['bills', `query ($first: Int) { answer: bills(first: $first) ${connection(bill)} }`],
  ['payments', `query ($first: Int) { answer: payments(first: $first) ${connection(payment)} }`],
  [
    'patients with their bills',
    `query ($first: Int) { answer: patients(first: $first) ${connection(`name bills(first: 2) ${connection(bill)}`)} }`,
  ],
  [
    'appointments with their bills',
    `query ($first: Int) { answer: appointments(first: $first) ${connection(`id allowedActions bill { ${bill} }`)} }`,
  ],
];

async function expectSameCost(client: TestClient, document: string): Promise<void> {
  let rows = 0;
  const costOf = (first: number) =>
    statementsOf(async () => {
      rows = (await client.ask(document, { first })).answer.nodes.length;
    });

  const one = await costOf(1);
  const all = await costOf(many);

  expect(rows).toBe(many);
  expect(one).toBeGreaterThan(2);
  expect(all).toBe(one);
}

describe('a list of money costs as many statements for twenty rows as for one', () => {
  it.each(lists)('%s, for the owner', async (_what, document) => {
    await expectSameCost(clinic.owner, document);
  });

  it.each(lists)('%s, for the doctor', async (_what, document) => {
    await expectSameCost(doctor.client, document);
  });
});

describe('what adds up a day', () => {
  it('is the same few statements, however many payments there are', async () => {
    const earnings = (fields: string) =>
      `{ earnings(from: "2030-03-01", to: "2030-03-31") { paid ${amount} ${fields} } }`;

    const sums = await statementsOf(() => doctor.client.ask(earnings(`byDay { date } owed ${amount}`)));
    const listed = await statementsOf(() =>
      doctor.client.ask(earnings(`byDay { date } owed ${amount} payments(first: 20) { nodes { id } }`)),
    );
    const takings = await statementsOf(() => clinic.owner.ask(`{ takings { method received ${amount} } }`));

    expect(listed).toBe(sums + 1);
    expect({ sums, takings }).toEqual({ sums: 5, takings: 3 });
  });
});
