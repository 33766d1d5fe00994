import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountOperations } from '../test/support/accounts-graphql.ts';
import { auditOperations as ask, entriesOf } from '../test/support/audit.ts';
import { aClinic, password, type TestMember } from '../test/support/clinic.ts';
import { TestClient } from '../test/support/client.ts';
import { query } from '../test/support/database.ts';
import { dice, type Roll } from '../test/support/dice.ts';
import { report } from '../test/support/report.ts';
import { startTestServer, type TestServerHandle } from '../test/support/server.ts';
import { inPercentiles, timed } from './figures.ts';

const deeds = 1_000;
const atOnce = 8;
const entryCount = 200_000;
const batch = 2_000;

let server: TestServerHandle;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.stop());

/** What a deed must leave: its action, whose doing and on what. */
const lineOf = (action: string, actor: string | null, subject: string | null) => `${action} ${actor} ${subject}`;

interface Scene {
  who: TestMember;
  nurse: TestMember;
  /** A record of the clinic, and one of another. */
  id: string;
  stranger: string;
}

/** One deed and the lines it must leave; sign-ins are told apart by their person alone. */
type Deed = (scene: Scene) => [lines: string[], run: () => Promise<unknown>];

const update = 'mutation ($input: UpdatePatientInput!) { updatePatient(input: $input) { userErrors { code } } }';
const archive = 'mutation ($id: ID!) { archivePatient(id: $id) { patient { id } } }';
const open = 'query ($id: ID!) { patient(id: $id) { name } node(id: $id) { id } }';
const clinical = 'query ($id: ID!) { patient(id: $id) { allergies medicalHistory } }';

const kindsOfDeeds: Deed[] = [
  ({ who, id }) => [
    [lineOf('patient.update', who.userId, id)],
    () => who.client.send(update, { input: { patientId: id, address: `Street ${performance.now()}` } }),
  ],
  ({ who, id }) => [[lineOf('patient.read', who.userId, id)], () => who.client.send(open, { id })],
  ({ who, id }) => [[lineOf('archivePatient.refuse', who.userId, id)], () => who.client.send(archive, { id })],
  ({ who, stranger }) => [
    [lineOf('updatePatient.refuse', who.userId, stranger)],
    () => who.client.send(update, { input: { patientId: stranger, address: 'x' } }),
  ],
  ({ nurse }) => [
    [lineOf('session.sign-in', nurse.userId, null)],
    () => new TestClient(server.url).ask(accountOperations.signIn, { input: { email: nurse.email, password } }),
  ],
  ({ nurse, id }) => [
    [lineOf('patient.read', nurse.userId, id), lineOf('patient.refuse', nurse.userId, id)],
    () => nurse.client.send(clinical, { id }),
  ],
  // Nothing to tell: a name in a list, a rule that said no, a record that is not there.
  ({ who }) => [[], () => who.client.send('{ patients(first: 5) { nodes { name } } }')],
  ({ who }) => [
    [],
    () => who.client.send('mutation { createPatient(input: { firstName: "", sex: MALE }) { userErrors { code } } }'),
  ],
  ({ who, stranger }) => [[], () => who.client.send(open, { id: stranger })],
];

function one<Value>(list: readonly Value[], roll: Roll): Value {
  const value = list[roll(list.length)];
  if (value === undefined) throw new Error('The list is empty.');
  return value;
}

describe('a thousand random deeds', () => {
  it('leave exactly what they must, each once, in a chain without a gap', async () => {
    const [clinic, other] = [await aClinic(server), await aClinic(server)];
    const [desk, nurse] = [await clinic.hire('RECEPTIONIST'), await clinic.hire('NURSE')];
    const patients = await Promise.all(Array.from({ length: 20 }, () => clinic.aPatient()));
    const strangers = await Promise.all(Array.from({ length: 5 }, () => other.aPatient()));
    const [before, elsewhere] = [await entriesOf(server, clinic), await entriesOf(server, other)];
    const roll = dice(7);
    const sceneOf = (): Scene => ({
      who: one([desk, nurse], roll),
      nurse,
      id: one(patients, roll),
      stranger: one(strangers, roll),
    });
    const expected: string[] = [];
    const times: number[] = [];

    for (let done = 0; done < deeds; done += atOnce) {
      const chosen = Array.from({ length: atOnce }, () => one(kindsOfDeeds, roll)(sceneOf()));
      expected.push(...chosen.flatMap(([lines]) => lines));
      await Promise.all(chosen.map(async ([, run]) => times.push((await timed(run)).ms)));
    }

    const entries = (await entriesOf(server, clinic)).slice(before.length);
    const found = entries.map(({ action, actor_user_id: actor, subject_id: subject }) =>
      lineOf(action, actor, action === 'session.sign-in' ? null : subject),
    );
    report(`${deeds} deeds, ${atOnce} at once: ${expected.length} entries expected, ${found.length} found`);
    report(`a deed with its entry: ${inPercentiles(times)}`);
    expect(found.sort()).toEqual(expected.sort());
    expect(await entriesOf(server, other)).toHaveLength(elsewhere.length);
    expect((await clinic.owner.ask(ask.verify)).answer).toMatchObject({ intact: true, brokenAt: null });
  });
});

describe(`a chain of ${entryCount} entries`, () => {
  it('is verified in seconds, names the one that was changed, and is listed at once', async () => {
    const clinic = await aClinic(server);
    const { adminUrl } = server.database;
    const start = performance.now();
    for (let written = 0; written < entryCount; written += batch) {
      await query(
        adminUrl,
        `with clinic as (select set_config('app.clinic_id', $1::text, true) as id)
         insert into audit_entry (id, clinic_id, at, actor_name, role, action, subject_id, changes, ip_address)
         select gen_random_uuid(), clinic.id::uuid, timestamptz '2029-01-01' + (n + $2) * interval '1 minute', 'Ana Reyes', 'DOCTOR',
           case n % 50 when 0 then 'archivePatient.refuse' else 'patient.update' end, gen_random_uuid(),
           '{"phone": ["+639171234567", "+639171234568"]}', '203.0.113.7'
         from clinic, generate_series(1, $3::int) n`,
        [clinic.id, written, batch],
      );
      if (written % 20_000 === 0) await query(adminUrl, 'vacuum audit_head');
    }
    report(`${entryCount} entries chained in ${((performance.now() - start) / 1_000).toFixed(1)} s`);
    await query(adminUrl, 'vacuum analyze audit_entry');
    const count = (await entriesOf(server, clinic)).length;

    const whole = await timed(() => clinic.owner.ask(ask.verify));
    report(`verified in ${(whole.ms / 1_000).toFixed(2)} s`);
    const [changed] = await query<{ id: string }>(
      adminUrl,
      `update audit_entry set actor_name = 'Ana Reyez' where clinic_id = $1 and sequence = 100000 returning id`,
      [clinic.id],
    );
    const broken = await timed(() => clinic.owner.ask(ask.verify));
    report(`found the changed one in ${(broken.ms / 1_000).toFixed(2)} s`);
    const filters = [{}, { action: 'refuse' }, { action: 'archivePatient.refuse' }, { to: '2029-01-05T00:00:00Z' }];
    for (const filter of filters) {
      const page = await timed(() =>
        clinic.owner.ask('query ($filter: AuditFilter) { auditLog(first: 50, filter: $filter) { nodes { id } } }', {
          filter,
        }),
      );
      report(`a page under ${JSON.stringify(filter)}: ${page.ms.toFixed(0)} ms`);
    }

    expect(whole.result.answer).toEqual({ intact: true, checkedCount: count, brokenAt: null });
    expect(broken.result.answer.brokenAt.id).toBe(changed?.id);
    expect(whole.ms).toBeLessThan(15_000);
  });
});
