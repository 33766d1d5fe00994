import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgetOldRequests } from '../src/app/idempotency.service.ts';
import { accountOperations } from './support/accounts-graphql.ts';
import { settled, TestClient, type Answer } from './support/client.ts';
import { aClinic, appointmentMutations, password, type TestClinic, type TestMember } from './support/clinic.ts';
import { query } from './support/database.ts';
import { spawnProcess } from './support/processes.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

const createPatient = `mutation ($input: CreatePatientInput!) {
  createPatient(input: $input) { patient { id recordNumber createdAt } userErrors { code field } } }`;
const dayMs = 24 * 60 * 60 * 1_000;

let server: TestServerHandle;
let clinic: TestClinic;
let desk: TestMember;

beforeAll(async () => {
  server = await startTestServer({
    jwtSecret: 'a secret that all test processes share, long enough',
    dataKey: 'another secret that all test processes share, long enough',
  });
  server.clock.set(new Date());
  clinic = await aClinic(server);
  desk = await clinic.hire('RECEPTIONIST');
});

afterAll(() => server.stop());

const person = (firstName: string) => ({ input: { firstName, lastName: 'Once', sex: 'FEMALE' } });
const keyed = (key: string) => ({ 'idempotency-key': key });

const make = (key: string, firstName: string, client = desk.client): Promise<Answer> =>
  client.send(createPatient, person(firstName), keyed(key));

async function recordsOf(firstName: string): Promise<number> {
  const [row] = await query<{ count: number }>(
    server.database.adminUrl,
    'select count(*)::int as count from patient where first_name = $1',
    [firstName],
  );
  return row?.count ?? 0;
}

const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions.code;

describe('a mutation that carries an Idempotency-Key', () => {
  it('has its effect once and gives its first answer again, whatever happened since', async () => {
    const first = await make('again', 'Again');
    await desk.client.ask(
      'mutation ($id: ID!) { updatePatient(input: { patientId: $id, address: "elsewhere" }) { userErrors { code } } }',
      { id: first.data.createPatient.patient.id },
    );

    const second = await make('again', 'Again');

    expect(first.data.createPatient.userErrors).toEqual([]);
    expect(second).toEqual(first);
    expect(await recordsOf('Again')).toBe(1);
  });

  it('has it once when fifty come at once, and all get the same answer', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => make('fifty', 'Fifty')));

    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.data.createPatient.userErrors).toEqual([]);
    expect(await recordsOf('Fifty')).toBe(1);
  });

  it('has it once when fifty come at once to two processes, and all get the same answer', async () => {
    const other = await spawnProcess(server.database, 'api');
    const clients = [desk.client, new TestClient(other.url, desk.client.token)];

    const answers = await Promise.all(
      Array.from({ length: 50 }, (_none, index) => make('both', 'Both', clients[index % clients.length])),
    );
    await other.stop();

    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.data.createPatient.userErrors).toEqual([]);
    expect(await recordsOf('Both')).toBe(1);
  });

  it('answers from its result when the process died before the answer was kept', async () => {
    const first = await make('died', 'Died');
    await query(server.database.adminUrl, `update idempotent_request set answer = null where key = 'died'`);

    expect(await make('died', 'Died')).toEqual(first);
    expect(await recordsOf('Died')).toBe(1);
  });

  it('is refused when the key came with another input, and with the same one in another order it is the same', async () => {
    await make('mismatch', 'One');
    const { input } = person('One');

    const other = await make('mismatch', 'Other');
    const turned = await desk.client.send(
      createPatient,
      { input: Object.fromEntries(Object.entries(input).reverse()) },
      keyed('mismatch'),
    );

    expect(codeOf(other)).toBe('IDEMPOTENCY_MISMATCH');
    expect(await recordsOf('Other')).toBe(0);
    expect(turned.errors).toBeUndefined();
    expect(await recordsOf('One')).toBe(1);
  });

  it('gives a refusal again, too', async () => {
    const first = await make('refused', '  ');
    const second = await make('refused', '  ');

    expect(first.data.createPatient.userErrors).toMatchObject([{ code: 'INVALID_INPUT' }]);
    expect(second).toEqual(first);
  });

  it('belongs to one person in one clinic', async () => {
    const colleague = await clinic.hire('RECEPTIONIST');
    const elsewhere = await aClinic(server);

    const answers = [
      await make('mine', 'Mine'),
      await make('mine', 'Mine', colleague.client),
      await make('mine', 'Mine', elsewhere.owner),
    ];

    expect(new Set(answers.map(({ data }) => data.createPatient.patient.id)).size).toBe(3);
  });

  it('is forgotten after a day', async () => {
    await make('old', 'Old');
    await query(
      server.database.adminUrl,
      `update idempotent_request set created_at = created_at - interval '25 hours' where key = 'old'`,
    );

    await make('old', 'Old');

    expect(await recordsOf('Old')).toBe(2);
    await query(
      server.database.adminUrl,
      `update idempotent_request set created_at = now() - interval '25 hours' where key = 'old'`,
    );
    await forgetOldRequests(server.runtime);
    const left = (key: string) =>
      query(server.database.adminUrl, 'select key from idempotent_request where key = $1', [key]);
    expect(await left('old')).toEqual([]);
    expect(await left('again')).toEqual([{ key: 'again' }]);
  });

  it('works for a patient’s and a doctor’s own writes', async () => {
    const doctor = await clinic.hire('DOCTOR');
    const patient = await clinic.enrol();
    const tomorrow = new Date(Math.ceil(Date.now() / dayMs) * dayMs + dayMs + 2 * 60 * 60 * 1_000);
    const input = { doctorId: doctor.doctorId, serviceId: clinic.serviceId, startsAt: tomorrow.toISOString() };

    const asked = await Promise.all(
      [1, 2, 3].map(() => patient.client.send(appointmentMutations.request, { input }, keyed('ask'))),
    );
    const appointmentId: string = asked[0]?.data.answer.appointment.id;
    const approve = () =>
      doctor.client.send(appointmentMutations.approve, { input: { appointmentId } }, keyed('approve'));
    const [approved, again] = [await approve(), await approve()];

    expect(new Set(asked.map(({ data }) => data.answer.appointment.id)).size).toBe(1);
    expect(approved.data.answer.appointment.status).toBe('APPROVED');
    expect(again).toEqual(approved);
  });

  it('stands alone in its operation, under a key that can be read', async () => {
    const two = `mutation { one: createPatient(input: { firstName: "A", sex: MALE }) { userErrors { code } }
      two: createPatient(input: { firstName: "B", sex: MALE }) { userErrors { code } } }`;

    const named = createPatient.replace('{', '{ __typename ');
    expect((await desk.client.send(named, person('Named'), keyed('named'))).errors).toBeUndefined();
    expect(codeOf(await desk.client.send(two, {}, keyed('two')))).toBe('BAD_USER_INPUT');
    expect(codeOf(await make('x'.repeat(201), 'Long'))).toBe('BAD_USER_INPUT');
    expect(await recordsOf('Long')).toBe(0);
    expect((await desk.client.send('{ viewer { role } }', {}, keyed('reading'))).data.viewer.role).toBe('RECEPTIONIST');
  });

  it('keeps no session’s tokens', async () => {
    const nurse = await clinic.hire('NURSE');
    const change = { input: { currentPassword: password, newPassword: 'a new and long one' } };

    const { data } = await nurse.client.send(accountOperations.changePassword, change, keyed('secret'));

    expect(data.answer.accessToken).not.toBeNull();
    expect(await query(server.database.adminUrl, `select * from idempotent_request where key = 'secret'`)).toEqual([]);
  });
});

describe('a process that is killed while it writes', () => {
  it('leaves each request done once or not at all; sent again under its key, it is done once', async () => {
    const names = Array.from(
      { length: 60 },
      (_none, index) => `Killed ${String.fromCharCode(65 + (index % 26))} ${index}`,
    );
    const doomed = await spawnProcess(server.database, 'api');
    const through = new TestClient(doomed.url, desk.client.token);
    const acknowledged = new Set<string>();
    const sent = names.map(async (name, index) => {
      const answer = await make(`killed-${index}`, name, through).catch(() => null);
      if (answer?.data?.createPatient?.patient != null) acknowledged.add(name);
    });
    await settled(120);
    await doomed.stop('SIGKILL');
    await Promise.all(sent);
    const before = await Promise.all(names.map(recordsOf));

    const answers = await Promise.all(names.map((name, index) => make(`killed-${index}`, name)));

    expect(Math.max(...before)).toBeLessThanOrEqual(1);
    expect(before.filter((_count, index) => acknowledged.has(names[index] ?? ''))).toEqual(
      [...acknowledged].map(() => 1),
    );
    expect(answers.map(({ data }) => data.createPatient.userErrors)).toEqual(names.map(() => []));
    expect(await Promise.all(names.map(recordsOf))).toEqual(names.map(() => 1));
  });
});
