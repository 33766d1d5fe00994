import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountOperations } from './support/accounts-graphql.ts';
import { addedBy, type Entry } from './support/audit.ts';
import { aClinic, appointmentMutations, password, signIn, type TestClinic, type TestMember } from './support/clinic.ts';
import { settled, TestClient } from './support/client.ts';
import { query } from './support/database.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let clinic: TestClinic;
let other: TestClinic;
let doctor: TestMember;
let desk: TestMember;
let nurse: TestMember;

beforeAll(async () => {
  server = await startTestServer();
  [clinic, other] = [await aClinic(server), await aClinic(server)];
  [doctor, desk, nurse] = [await clinic.hire('DOCTOR'), await clinic.hire('RECEPTIONIST'), await clinic.hire('NURSE')];
});

afterAll(() => server.stop());

const added = (run: () => Promise<unknown>): Promise<Entry[]> => addedBy(server, clinic, run);
const kinds = (entries: readonly Entry[]) => entries.map(({ action, subject_id }) => [action, subject_id]);

async function ownPatient(): Promise<string> {
  const { createPatient } = await doctor.client.ask(
    `mutation { createPatient(input: { firstName: "Rosa", sex: FEMALE, allergies: ["penicillin"], medicalHistory: "asthma" }) {
      patient { id } } }`,
  );
  return createPatient.patient.id;
}

const tryToSignIn = async (email: string, given: string, totpCode: string | null = null) =>
  (await new TestClient(server.url).ask(accountOperations.signIn, { input: { email, password: given, totpCode } }))
    .answer;

describe('what is refused', () => {
  it('leaves one entry for a mutation that the role may not call, with the id it was tried on', async () => {
    const id = await ownPatient();
    const archive = 'mutation ($id: ID!) { archived: archivePatient(id: $id) { patient { id } } }';

    const entries = await added(() => desk.client.send(archive, { id }));

    expect(entries).toMatchObject([
      {
        action: 'archivePatient.refuse',
        subject_id: id,
        actor_user_id: desk.userId,
        changes: { code: 'FORBIDDEN', operation: 'mutation', fields: ['archived'] },
      },
    ]);
  });

  it('leaves one for an operation, however much of it was refused', async () => {
    const ids = [await ownPatient(), await ownPatient()];
    const document =
      'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Patient { name allergies medicalHistory } } staff { id } }';

    const entries = await added(() => desk.client.send(document, { ids }));
    const refused = entries.filter(({ action }) => action === 'nodes.refuse' || action === 'staff.refuse');

    expect(refused).toHaveLength(1);
    expect(refused[0]?.changes).toMatchObject({ code: 'FORBIDDEN', operation: 'query' });
    expect(refused[0]?.changes?.['fields']).toEqual(
      expect.arrayContaining(['nodes.allergies', 'nodes.medicalHistory', 'staff']),
    );
    expect(entries.filter(({ action }) => action === 'patient.read')).toHaveLength(2);
  });

  it('leaves one for a mutation of what is somebody else’s, also when it carries an Idempotency-Key', async () => {
    const id = await other.aPatient();
    const update = 'mutation ($input: UpdatePatientInput!) { updatePatient(input: $input) { patient { id } } }';

    const entries = await added(async () => {
      const input = { patientId: id, firstName: 'Mine' };
      await clinic.owner.send(update, { input }, { 'idempotency-key': 'other-clinic' });
      await clinic.owner.send(update, { input });
    });

    expect(entries).toMatchObject(
      [1, 2].map(() => ({ action: 'updatePatient.refuse', subject_id: id, changes: { code: 'NOT_FOUND' } })),
    );
    expect(await addedBy(server, other, () => clinic.owner.send(update, { input: { patientId: id } }))).toEqual([]);
  });

  it('leaves one for a subscription, however many of its updates show what the role may not read', async () => {
    const id = await clinic.aPatient();
    const live = desk.client.watch(
      'subscription { appointmentChanged { appointment { patient { medicalHistory } } } }',
    );
    await settled();
    const input = { patientId: id, doctorId: doctor.doctorId, serviceId: clinic.serviceId };
    const entries = await added(async () => {
      for (const startsAt of ['2030-03-08T01:00:00.000Z', '2030-03-08T02:00:00.000Z'])
        await desk.client.ask(appointmentMutations.request, { input: { ...input, startsAt } });
      await live.until(2);
    });
    await live.stop();

    expect(live.failures.map((failure) => failure.extensions.code)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    expect(entries.filter(({ action }) => action.endsWith('.refuse'))).toMatchObject([
      {
        action: 'appointmentChanged.refuse',
        changes: { operation: 'subscription', fields: ['appointmentChanged.appointment.patient.medicalHistory'] },
      },
    ]);
  });

  it('leaves none for a rule that said no, for a question without an answer, and for strangers', async () => {
    const create = 'mutation { createPatient(input: { firstName: "", sex: MALE }) { userErrors { code } } }';

    const entries = await added(async () => {
      await desk.client.ask(create);
      await desk.client.ask('query ($id: ID!) { patient(id: $id) { id } }', { id: await other.aPatient() });
      await new TestClient(server.url).send(create);
      await new TestClient(server.url).send('{ staff { id } }');
    });

    expect(entries).toEqual([]);
  });

  it('counts for whoever signs out in the same operation', async () => {
    const client = await signIn(server.url, desk.email);
    const id = await clinic.aPatient();

    const entries = await added(() =>
      client.send('mutation ($id: ID!) { archivePatient(id: $id) { patient { id } } signOut }', { id }),
    );

    expect(kinds(entries).map(([action]) => action)).toEqual(['session.sign-out', 'archivePatient.refuse']);
    expect(entries[1]).toMatchObject({ actor_user_id: desk.userId, subject_id: id });
  });
});

describe('signing in', () => {
  it('leaves one entry when it succeeds and one when the password is wrong, with no name of whoever tried', async () => {
    const entries = await added(async () => {
      await tryToSignIn(nurse.email, password);
      await tryToSignIn(nurse.email, 'not the password');
    });

    expect(entries).toMatchObject([
      { action: 'session.sign-in', actor_user_id: nurse.userId, role: 'NURSE' },
      {
        action: 'session.sign-in.refuse',
        actor_user_id: null,
        actor_name: 'Not signed in',
        subject_id: nurse.userId,
        changes: { because: 'password' },
      },
    ]);
  });

  it('leaves one for each of five that come at once', async () => {
    const entries = await added(() => Promise.all([1, 2, 3, 4, 5].map(() => tryToSignIn(nurse.email, 'a guess'))));

    expect(entries.map(({ action }) => action)).toEqual(Array.from({ length: 5 }, () => 'session.sign-in.refuse'));
  });

  it('leaves one for a wrong second factor, none while the code is missing', async () => {
    const member = await clinic.hire('NURSE');
    const { answer } = await member.client.ask(accountOperations.enrol);
    const code = new TOTP({ secret: Secret.fromBase32(answer.secret) }).generate({
      timestamp: server.clock.now().getTime(),
    });
    await member.client.ask(accountOperations.confirm, { code });

    const missing = await added(() => tryToSignIn(member.email, password));
    const wrong = await added(() => tryToSignIn(member.email, password, '000000'));

    expect(missing).toEqual([]);
    expect(wrong).toMatchObject([
      { action: 'session.sign-in.refuse', subject_id: member.userId, changes: { because: 'code' } },
    ]);
  });

  it('leaves none for an address that nobody has', async () => {
    expect(await added(() => tryToSignIn('nobody@example.org', 'a guess'))).toEqual([]);
  });
});

describe('what is written down', () => {
  it('holds no clinical text and no secret, whatever was done in this file', async () => {
    const [{ text } = { text: '' }] = await query<{ text: string }>(
      server.database.adminUrl,
      `select string_agg(a::text, E'\\n') as text from audit_entry a`,
    );

    expect(text).toContain('patient.read');
    for (const secret of [
      'penicillin',
      'asthma',
      password,
      'not the password',
      'a guess',
      'argon2',
      'eyJ',
      '@example.org',
    ])
      expect(text).not.toContain(secret);
  });
});
