import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anAddress, aSlug, noSession, registerClinic, signIn, wrongCredentials } from './support/accounts.ts';
import { aClinic, type TestClinic } from './support/clinic.ts';
import { TestClient } from './support/client.ts';
import { query } from './support/database.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let clinic: TestClinic;

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
});

afterAll(() => server.stop());

describe('signing in', () => {
  it('opens the clinic of a person who has one', async () => {
    const nurse = await clinic.hire('NURSE', 'Grace Lim');

    const answer = await signIn(server.url, { email: nurse.email });

    expect(answer.userErrors).toEqual([]);
    expect(answer.viewer).toEqual({
      role: 'NURSE',
      email: nurse.email,
      user: { name: 'Grace Lim' },
      clinic: { slug: clinic.slug },
      memberships: [{ clinicName: 'Test Clinic', role: 'NURSE', active: true }],
    });
  });

  it('takes an e-mail address in any case', async () => {
    const { email } = await clinic.hire('NURSE');

    const answer = await signIn(server.url, { email: email.toUpperCase() });

    expect(answer.viewer.email).toBe(email);
  });

  it('answers an unknown address and a wrong password alike', async () => {
    const { email } = await clinic.hire('NURSE');

    const unknown = await signIn(server.url, { email: anAddress() });
    const wrong = await signIn(server.url, { email, password: 'wrong horse battery' });

    expect(unknown).toEqual({ ...noSession, userErrors: [wrongCredentials(null)] });
    expect(wrong).toEqual(unknown);
  });

  it('answers a clinic that is not theirs like a wrong password', async () => {
    const { email } = await clinic.hire('NURSE');
    const other = await aClinic(server);

    const answer = await signIn(server.url, { email, clinicSlug: other.slug });

    expect(answer).toEqual({ ...noSession, userErrors: [wrongCredentials(null)] });
  });

  it('refuses a member who was put out of action, and ends what they had open', async () => {
    const nurse = await clinic.hire('NURSE');
    await query(server.database.adminUrl, 'update membership set active = false where user_id = $1', [nurse.userId]);

    const answer = await signIn(server.url, { email: nurse.email });

    const switchedOff = {
      code: 'INVALID_TRANSITION',
      message: 'Your access is switched off. Ask the clinic to switch it on again.',
      field: null,
    };
    expect(answer).toEqual({ ...noSession, userErrors: [switchedOff] });
    const guess = await signIn(server.url, { email: nurse.email, password: 'a wrong guess' });
    expect(guess).toEqual({ ...noSession, userErrors: [wrongCredentials(null)] });
    expect(await nurse.client.ask('{ viewer { role } }')).toEqual({ viewer: null });
  });
});

describe('a person of several clinics', () => {
  it('opens the clinic that they name, and later the one used last', async () => {
    const email = anAddress();
    const [first, second] = [aSlug(), aSlug()];
    await registerClinic(server.url, { email, slug: first });
    server.clock.advance(60_000);
    await registerClinic(server.url, { email, slug: second });
    server.clock.advance(60_000);

    const afterRegistering = await signIn(server.url, { email });
    server.clock.advance(60_000);
    const named = await signIn(server.url, { email, clinicSlug: first });
    const again = await signIn(server.url, { email });

    expect(afterRegistering.viewer.clinic).toEqual({ slug: second });
    expect(named.viewer.clinic).toEqual({ slug: first });
    expect(again.viewer.clinic).toEqual({ slug: first });
  });

  it('sees in each clinic that clinic alone', async () => {
    const email = anAddress();
    const [first, second] = [aSlug(), aSlug()];
    const firstSession = await registerClinic(server.url, { email, slug: first });
    const secondSession = await registerClinic(server.url, { email, slug: second });
    const inFirst = new TestClient(server.url, firstSession.accessToken);
    const inSecond = new TestClient(server.url, secondSession.accessToken);

    await inFirst.ask('mutation { createPatient(input: { firstName: "Ana", sex: FEMALE }) { userErrors { code } } }');

    const patients = '{ patients { nodes { name } } }';
    expect(await inFirst.ask(patients)).toEqual({ patients: { nodes: [{ name: 'Ana' }] } });
    expect(await inSecond.ask(patients)).toEqual({ patients: { nodes: [] } });
  });
});

describe('without a session', () => {
  it('the viewer is null', async () => {
    expect(await new TestClient(server.url).send('{ viewer { role } }')).toEqual({ data: { viewer: null } });
  });

  it.each([
    ['services', '{ services { id } }'],
    ['doctors', '{ doctors { id } }'],
    ['doctor', '{ doctor(id: "x") { id } }'],
    ['patients', '{ patients { nodes { id } } }'],
    ['patient', '{ patient(id: "x") { id } }'],
    ['appointments', '{ appointments { nodes { id } } }'],
    ['appointment', '{ appointment(id: "x") { id } }'],
    ['notifications', '{ notifications { nodes { id } } }'],
    ['node', '{ node(id: "x") { id } }'],
    ['nodes', '{ nodes(ids: []) { id } }'],
    ['markNotificationsRead', 'mutation { markNotificationsRead { unreadCount } }'],
    ['createPatient', 'mutation { createPatient(input: { firstName: "Ana", sex: FEMALE }) { userErrors { code } } }'],
    ['setSchedule', 'mutation { setSchedule(input: { doctorId: "x", blocks: [] }) { userErrors { code } } }'],
  ])('%s is UNAUTHENTICATED', async (field, query) => {
    const { errors } = await new TestClient(server.url).send(query);

    expect(errors?.map(({ path, message, extensions }) => [path, message, extensions.code])).toEqual([
      [[field], 'Sign in to go on.', 'UNAUTHENTICATED'],
    ]);
  });
});
