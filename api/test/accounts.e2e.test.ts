import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anAddress, aSlug, noSession, registerClinic, registerPatient, wrongCredentials } from './support/accounts.ts';
import { aClinic } from './support/clinic.ts';
import { TestClient, type Json } from './support/client.ts';
import { query } from './support/database.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.stop());

const rows = (text: string, values: unknown[] = []) =>
  query<Record<string, Json>>(server.database.adminUrl, text, values);

describe('registering a clinic', () => {
  it('signs its owner in', async () => {
    const slug = aSlug();
    const email = anAddress();

    const answer = await registerClinic(server.url, { slug, email });

    expect(answer.userErrors).toEqual([]);
    expect(answer.viewer).toEqual({
      role: 'OWNER',
      email,
      user: { name: 'Elena Cruz' },
      clinic: { slug },
      memberships: [{ clinicName: 'Bayani Clinic', role: 'OWNER', active: true }],
    });
  });

  it('starts with the settings of every new clinic', async () => {
    const { accessToken } = await registerClinic(server.url, { locale: 'en-PH' });

    const { viewer } = await new TestClient(server.url, accessToken).ask(`{ viewer { clinic {
      name timeZone currency locale sandbox now createdAt address phone taxNumber settings {
        requestPolicy closeOutPolicy selfServiceCutoffHours noShowAfterMinutes reminderLeadHours
        defaultDoctorSharePercent taxPercent } } doctor { id } unreadNotificationCount } }`);

    expect(viewer).toEqual({
      clinic: {
        name: 'Bayani Clinic',
        timeZone: 'Asia/Manila',
        currency: 'PHP',
        locale: 'en-PH',
        sandbox: false,
        now: '2030-03-04T01:00:00.000Z',
        createdAt: '2030-03-04T01:00:00.000Z',
        address: null,
        phone: null,
        taxNumber: null,
        settings: {
          requestPolicy: 'DOCTOR',
          closeOutPolicy: 'AFTER_PAYMENT',
          selfServiceCutoffHours: 2,
          noShowAfterMinutes: 15,
          reminderLeadHours: [24, 2],
          defaultDoctorSharePercent: '0.00',
          taxPercent: '0.00',
        },
      },
      doctor: null,
      unreadNotificationCount: 0,
    });
  });

  it('gives an owner who treats a doctor profile', async () => {
    const { accessToken } = await registerClinic(server.url, { ownerIsDoctor: true });

    const data = await new TestClient(server.url, accessToken).ask(
      '{ viewer { role doctor { name } } doctors { name active } }',
    );

    expect(data).toEqual({
      viewer: { role: 'OWNER', doctor: { name: 'Elena Cruz' } },
      doctors: [{ name: 'Elena Cruz', active: true }],
    });
  });

  it('refuses an address on the web that is taken, and makes nothing', async () => {
    const slug = aSlug();
    const email = anAddress();
    await registerClinic(server.url, { slug });

    const answer = await registerClinic(server.url, { slug, email });

    expect(answer).toEqual({
      ...noSession,
      userErrors: [{ code: 'ALREADY_EXISTS', message: 'This address is taken. Choose another one.', field: ['slug'] }],
    });
    expect(await rows('select 1 from clinic where slug = $1', [slug])).toHaveLength(1);
    expect(await rows('select 1 from user_account where email = $1', [email])).toHaveLength(0);
  });

  it('opens one clinic when two ask for the same address at once', async () => {
    const slug = aSlug();

    const answers = await Promise.all([registerClinic(server.url, { slug }), registerClinic(server.url, { slug })]);

    expect(answers.map((answer) => answer.userErrors[0]?.code ?? 'OPENED').sort()).toEqual([
      'ALREADY_EXISTS',
      'OPENED',
    ]);
    expect(await rows('select 1 from clinic where slug = $1', [slug])).toHaveLength(1);
  });

  it('opens one clinic when one new e-mail address asks for two at once', async () => {
    const email = anAddress();

    const answers = await Promise.all([registerClinic(server.url, { email }), registerClinic(server.url, { email })]);

    expect(answers.flatMap((answer) => answer.userErrors)).toEqual([
      { code: 'ALREADY_EXISTS', message: 'This e-mail was just registered. Sign in with it.', field: ['email'] },
    ]);
    expect(
      await rows('select 1 from membership m join user_account u on u.id = m.user_id where u.email = $1', [email]),
    ).toHaveLength(1);
  });

  it('names every mistake at once', async () => {
    const answer = await registerClinic(server.url, {
      clinicName: ' ',
      slug: 'St Luke',
      ownerName: '',
      password: 'short',
    });

    expect(answer).toEqual({
      ...noSession,
      userErrors: [
        { code: 'INVALID_INPUT', message: "Enter the clinic's name.", field: ['clinicName'] },
        {
          code: 'INVALID_INPUT',
          message: 'Use lower-case letters, digits and single dashes, such as st-luke.',
          field: ['slug'],
        },
        { code: 'INVALID_INPUT', message: 'Enter your name.', field: ['ownerName'] },
        { code: 'INVALID_INPUT', message: 'Use at least 8 characters for the password.', field: ['password'] },
      ],
    });
  });

  it('keeps no password, only an argon2id hash of it', async () => {
    const email = anAddress();

    await registerClinic(server.url, { email });

    const [account] = await rows('select password_hash from user_account where email = $1', [email]);
    expect(account?.['password_hash']).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});

describe('an e-mail address that is known', () => {
  it('needs its own password for a second clinic, else nothing is made', async () => {
    const email = anAddress();
    const slug = aSlug();
    await registerClinic(server.url, { email });

    const answer = await registerClinic(server.url, { email, slug, password: 'another password' });

    expect(answer).toEqual({
      ...noSession,
      userErrors: [wrongCredentials(['password'])],
    });
    expect(await rows('select 1 from clinic where slug = $1', [slug])).toHaveLength(0);
  });

  it('gains a second clinic with its own password, however the address is written', async () => {
    const email = anAddress();
    await registerClinic(server.url, { email, clinicName: 'First Clinic' });
    server.clock.advance(1_000);

    const answer = await registerClinic(server.url, { email: email.toUpperCase(), clinicName: 'Second Clinic' });

    expect(answer.viewer.memberships).toEqual([
      { clinicName: 'Second Clinic', role: 'OWNER', active: true },
      { clinicName: 'First Clinic', role: 'OWNER', active: true },
    ]);
    expect(await rows('select email from user_account where email_folded = $1', [email])).toEqual([{ email }]);
  });

  it('becomes a patient elsewhere with its own password alone', async () => {
    const email = anAddress();
    await registerClinic(server.url, { email, clinicName: 'Own Clinic' });
    const clinic = await aClinic(server);

    const refused = await registerPatient(server.url, clinic.slug, { email, password: 'another password' });
    const answer = await registerPatient(server.url, clinic.slug, { email });

    expect(refused.userErrors).toEqual([wrongCredentials(['password'])]);
    expect(answer.viewer.role).toBe('PATIENT');
    expect(await rows('select record_number from patient where clinic_id = $1', [clinic.id])).toEqual([
      { record_number: 'P-00001' },
    ]);
  });
});
