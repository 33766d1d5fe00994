import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountOperations as ask } from './support/accounts-graphql.ts';
import { TestClient } from './support/client.ts';
import { aClinic, password, signIn, type TestClinic } from './support/clinic.ts';
import { query } from './support/database.ts';
import { letterTo, tokenIn } from './support/letters.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './support/server.ts';

const dayMs = 24 * 60 * 60 * 1_000;

let server: TestServerHandle;
let clinic: TestClinic;
let stranger: TestClient;

beforeAll(async () => {
  server = await startTestServer({ role: 'all' });
  clinic = await aClinic(server);
  stranger = new TestClient(server.url);
});

afterAll(() => server.stop());

const anAddress = () => `ina-${randomBytes(4).toString('hex')}@example.org`;

async function invited(changes: Record<string, unknown> = {}, by: TestClient = clinic.owner) {
  const email = anAddress();
  const input = { email, name: 'Ina Lopez', role: 'NURSE', ...changes };
  const { answer } = await by.ask(ask.invite, { input });
  expect(answer.userErrors).toEqual([]);
  const letter = await letterTo(server, email);
  return { email, member: answer.membership, letter, token: tokenIn(letter) };
}

const accept = async (client: TestClient, input: Record<string, unknown>) =>
  (await client.ask(ask.accept, { input })).answer;

const newcomer = { name: 'Ina Maria Lopez', password };
const usedUp = {
  code: 'INVALID_CREDENTIALS',
  message: 'This invitation was used, withdrawn, or has expired. Ask the clinic for a new one.',
  field: ['token'],
};

describe('inviting somebody new onto the team', () => {
  it('sends a letter with a link, and lets them in with a name and a password of their own', async () => {
    const { email, member, letter, token } = await invited({ role: 'DOCTOR', specialty: 'Ophthalmology' });

    expect(letter.subject).toBe('Olive Owner invites you to Test Clinic');
    expect(letter.body).toContain('as a doctor');
    expect(letter.body).toContain('http://localhost/invitation#');
    expect(member).toMatchObject({ role: 'DOCTOR', active: false, acceptedAt: null, email });
    expect((await stranger.ask(ask.invitation, { token })).answer).toEqual({
      clinicName: 'Test Clinic',
      role: 'DOCTOR',
      name: 'Ina Lopez',
      email,
      invitedBy: 'Olive Owner',
      hasAccount: false,
    });

    const answer = await accept(stranger, { token, ...newcomer });

    expect(answer.userErrors).toEqual([]);
    expect(answer.viewer).toMatchObject({ role: 'DOCTOR', user: { name: 'Ina Maria Lopez' } });
    expect(answer.viewer.doctor.id).toBe(member.doctor.id);
    const list = (await clinic.owner.ask(ask.staff)).answer;
    expect(list.find(({ id }: { id: string }) => id === member.id)).toMatchObject({ active: true });
    expect((await (await signIn(server.url, email)).ask(ask.whoAmI)).answer.role).toBe('DOCTOR');
  });

  it('makes a doctor bookable before they accept', async () => {
    const { member } = await invited({ role: 'DOCTOR' });

    const { doctors } = await clinic.owner.ask('{ doctors { id name active } }');

    expect(doctors).toContainEqual({ id: member.doctor.id, name: 'Ina Lopez', active: true });
  });

  it('lets nobody in by the bare address before that', async () => {
    const { email } = await invited();

    const { answer } = await stranger.ask(ask.signIn, { input: { email, password: '' } });

    expect(answer.userErrors).toMatchObject([{ code: 'INVALID_CREDENTIALS' }]);
  });

  it('asks for a name and a password that will do, and keeps the link good meanwhile', async () => {
    const { token } = await invited();

    expect((await accept(stranger, { token })).userErrors).toMatchObject([
      { code: 'INVALID_INPUT', field: ['name'] },
      { code: 'INVALID_INPUT', field: ['password'] },
    ]);
    expect((await accept(stranger, { token, ...newcomer })).userErrors).toEqual([]);
  });

  it('works once, also when two come at the same moment', async () => {
    const { token } = await invited();

    const answers = await Promise.all([1, 2, 3].map(() => accept(stranger, { token, ...newcomer })));

    expect(answers.filter((answer) => answer.accessToken !== null)).toHaveLength(1);
    for (const { userErrors } of answers.filter((answer) => answer.accessToken === null))
      expect(userErrors).toEqual([usedUp]);
    expect((await accept(stranger, { token, ...newcomer })).userErrors).toEqual([usedUp]);
    expect((await stranger.ask(ask.invitation, { token })).answer).toBeNull();
  });

  it('ends after seven days', async () => {
    const { token } = await invited();

    server.clock.set(new Date(mondayMorning.getTime() + 7 * dayMs));
    const answer = await accept(stranger, { token, ...newcomer });
    server.clock.set(mondayMorning);

    expect(answer.userErrors).toEqual([usedUp]);
  });

  it('is sent again with a new link; the old one ends', async () => {
    const { email, token, member } = await invited();

    const again = await clinic.owner.ask(ask.invite, { input: { email, name: 'Ina L.', role: 'RECEPTIONIST' } });
    const newToken = tokenIn(await letterTo(server, email, 2));

    expect(again.answer.membership).toMatchObject({ id: member.id, role: 'RECEPTIONIST', user: { name: 'Ina L.' } });
    expect((await accept(stranger, { token, ...newcomer })).userErrors).toEqual([usedUp]);
    expect((await accept(stranger, { token: newToken, ...newcomer })).viewer.role).toBe('RECEPTIONIST');
  });

  it('gives an address one place, however often it is invited at once', async () => {
    const input = { email: anAddress(), name: 'Ina Lopez', role: 'NURSE' };

    const answers = await Promise.all(Array.from({ length: 8 }, () => clinic.owner.ask(ask.invite, { input })));

    expect(new Set(answers.map(({ answer }) => answer.membership.id)).size).toBe(1);
    const [open] = await query<{ count: number }>(
      server.database.adminUrl,
      'select count(*)::int as count from invitation where email = $1 and used_at is null',
      [input.email],
    );
    expect(open?.count).toBe(1);
  });

  it('can be withdrawn; the doctor’s profile stays without a person', async () => {
    const { member, token } = await invited({ role: 'DOCTOR' });

    const { answer } = await clinic.owner.ask(ask.update, { input: { membershipId: member.id, active: false } });

    expect(answer).toEqual({ membership: null, userErrors: [] });
    expect((await accept(stranger, { token, ...newcomer })).userErrors).toEqual([usedUp]);
    const { doctor } = await clinic.owner.ask('query ($id: ID!) { doctor(id: $id) { active } }', {
      id: member.doctor.id,
    });
    expect(doctor).toEqual({ active: false });
  });

  it('stores no token, only its hash', async () => {
    const { token } = await invited();

    const rows = await query<{ text: string }>(
      server.database.adminUrl,
      'select i::text as text from invitation i union all select m::text from account_mail m',
    );

    expect(rows.filter(({ text }) => text.includes(token))).toEqual([]);
  });
});

describe('inviting somebody who has an account', () => {
  it('lets them in with the session they have, never with a password from the link', async () => {
    const elsewhere = await aClinic(server);
    const nurse = await elsewhere.hire('NURSE');
    await clinic.owner.ask(ask.invite, { input: { email: nurse.email, name: 'Ina', role: 'RECEPTIONIST' } });
    const token = tokenIn(await letterTo(server, nurse.email));

    const signedOut = await accept(stranger, { token, name: 'Mallory', password: 'a password of mine' });
    const other = await accept(elsewhere.owner, { token });
    const own = await accept(nurse.client, { token });

    expect(signedOut.userErrors).toEqual([
      {
        code: 'INVALID_CREDENTIALS',
        message: 'You have an account with this address. Sign in with it to accept.',
        field: null,
      },
    ]);
    expect(other.userErrors).toMatchObject([{ code: 'INVALID_CREDENTIALS', field: null }]);
    expect(own.viewer).toMatchObject({ role: 'RECEPTIONIST', clinic: { id: clinic.id } });
    const stillOld = await stranger.ask(ask.signIn, { input: { email: nurse.email, password } });
    expect(stillOld.answer.userErrors).toEqual([]);
  });

  it('then moves them between their clinics', async () => {
    const elsewhere = await aClinic(server);
    const nurse = await elsewhere.hire('NURSE');
    await clinic.owner.ask(ask.invite, { input: { email: nurse.email, name: 'Ina', role: 'RECEPTIONIST' } });
    await accept(nurse.client, { token: tokenIn(await letterTo(server, nurse.email)) });

    const back = (await nurse.client.ask(ask.switchClinic, { id: elsewhere.id })).answer;

    expect(back.viewer).toMatchObject({ role: 'NURSE', clinic: { id: elsewhere.id } });
    expect((await nurse.client.ask(ask.whoAmI)).answer.clinic.id).toBe(elsewhere.id);
    const foreign = await aClinic(server);
    expect(await nurse.client.codeOf(ask.switchClinic, { id: foreign.id })).toBe('NOT_FOUND');
  });
});

describe('who may invite whom', () => {
  it('is the owner and the administrator; an administrator invites no owner', async () => {
    const [admin, desk, doctor, patient] = [
      await clinic.hire('ADMIN'),
      await clinic.hire('RECEPTIONIST'),
      await clinic.hire('DOCTOR'),
      await clinic.enrol(),
    ];
    const input = { email: anAddress(), name: 'Ina', role: 'NURSE' };

    for (const { client } of [desk, doctor, patient])
      expect(await client.codeOf(ask.invite, { input })).toBe('FORBIDDEN');
    expect(await stranger.codeOf(ask.invite, { input })).toBe('UNAUTHENTICATED');
    expect(await admin.client.codeOf(ask.invite, { input: { ...input, role: 'OWNER' } })).toBe('FORBIDDEN');
    expect((await admin.client.ask(ask.invite, { input })).answer.userErrors).toEqual([]);
    const [rows] = await query<{ count: number }>(
      server.database.adminUrl,
      'select count(*)::int as count from invitation where email = $1',
      [input.email],
    );
    expect(rows?.count).toBe(1);
  });

  it('is refused with a reason for a patient’s role, a patient’s address and a member', async () => {
    const nurse = await clinic.hire('NURSE');
    const patient = await clinic.enrol();
    const inviting = async (input: Record<string, unknown>) =>
      (await clinic.owner.ask(ask.invite, { input: { name: 'Ina', role: 'NURSE', ...input } })).answer.userErrors;

    expect(await inviting({ email: anAddress(), role: 'PATIENT' })).toMatchObject([
      { code: 'INVALID_INPUT', field: ['role'] },
    ]);
    expect(await inviting({ email: nurse.email })).toMatchObject([{ code: 'ALREADY_EXISTS', field: ['email'] }]);
    expect(await inviting({ email: patient.email.toUpperCase() })).toMatchObject([
      { code: 'ALREADY_EXISTS', message: "This address belongs to a patient's account here. Use another one." },
    ]);
  });
});

describe('inviting a patient to the record they have', () => {
  const invitePatient = async (id: string, email: string | null, by = clinic.owner) =>
    (await by.ask(ask.invitePatient, { id, email })).answer;

  it('opens an account with that record, once', async () => {
    const id = await clinic.aPatient({ firstName: 'Rosa', lastName: 'Garcia' });
    const email = anAddress();
    expect(await invitePatient(id, email)).toEqual({ patient: { id, email }, userErrors: [] });
    const token = tokenIn(await letterTo(server, email));
    expect((await stranger.ask(ask.invitation, { token })).answer).toMatchObject({
      role: 'PATIENT',
      name: 'Rosa Garcia',
    });

    const answer = await accept(stranger, { token, name: 'Rosa Garcia', password });

    expect(answer.viewer).toMatchObject({ role: 'PATIENT', patient: { id } });
    expect((await invitePatient(id, null)).userErrors).toMatchObject([{ code: 'ALREADY_EXISTS' }]);
  });

  it('needs an address, and a record of this clinic', async () => {
    const id = await clinic.aPatient();
    const elsewhere = await aClinic(server);

    expect((await invitePatient(id, null)).userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['email'] }]);
    expect(await elsewhere.owner.codeOf(ask.invitePatient, { id, email: anAddress() })).toBe('NOT_FOUND');
    const nurse = await clinic.hire('NURSE');
    expect(await nurse.client.codeOf(ask.invitePatient, { id, email: anAddress() })).toBe('FORBIDDEN');
  });

  it('gives two people with the same link one account', async () => {
    const id = await clinic.aPatient();
    const email = anAddress();
    await invitePatient(id, email);
    const token = tokenIn(await letterTo(server, email));

    const answers = await Promise.all([1, 2].map(() => accept(stranger, { token, name: 'Rosa', password })));

    expect(answers.filter((answer) => answer.accessToken !== null)).toHaveLength(1);
  });
});
