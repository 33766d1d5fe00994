import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anAddress, noSession, registerPatient } from './support/accounts.ts';
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

describe('registering as a patient', () => {
  it('makes a record with an account, and consent to e-mail about the own care', async () => {
    const clinic = await aClinic(server);
    const email = anAddress();

    const { accessToken } = await registerPatient(server.url, clinic.slug, {
      email,
      birthDate: '1990-03-04',
      phone: '+639171234567',
      smsConsent: true,
    });

    const { viewer } = await new TestClient(server.url, accessToken).ask(`{ viewer { role patient {
      recordNumber name birthDate age sex phone email archived notificationPreferences { email sms marketing } } } }`);
    expect(viewer).toEqual({
      role: 'PATIENT',
      patient: {
        recordNumber: 'P-00001',
        name: 'Maria Santos',
        birthDate: '1990-03-04',
        age: 40,
        sex: 'UNKNOWN',
        phone: '+639171234567',
        email,
        archived: false,
        notificationPreferences: { email: true, sms: true, marketing: false },
      },
    });
  });

  it('refuses a clinic that does not exist', async () => {
    const answer = await registerPatient(server.url, 'no-such-clinic');

    expect(answer).toEqual({
      ...noSession,
      userErrors: [
        {
          code: 'INVALID_INPUT',
          message: 'There is no clinic at this address. Check the link.',
          field: ['clinicSlug'],
        },
      ],
    });
  });

  it("refuses a birth date after the clinic's today", async () => {
    const clinic = await aClinic(server, { timeZone: 'America/New_York' });

    const tomorrow = await registerPatient(server.url, clinic.slug, { birthDate: '2030-03-04' });
    const today = await registerPatient(server.url, clinic.slug, { birthDate: '2030-03-03' });

    expect(tomorrow.userErrors).toEqual([
      { code: 'INVALID_INPUT', message: 'Enter a birth date that is not in the future.', field: ['birthDate'] },
    ]);
    expect(today.userErrors).toEqual([]);
  });

  it('refuses a second account of one person at one clinic, and makes no second record', async () => {
    const clinic = await aClinic(server);
    const email = anAddress();
    await registerPatient(server.url, clinic.slug, { email });

    const answer = await registerPatient(server.url, clinic.slug, { email });

    expect(answer).toEqual({
      ...noSession,
      userErrors: [
        {
          code: 'ALREADY_EXISTS',
          message: 'You have an account at this clinic already. Sign in instead.',
          field: ['email'],
        },
      ],
    });
    expect(await rows('select 1 from patient where clinic_id = $1', [clinic.id])).toHaveLength(1);
  });

  it('gives record numbers without a gap, also to those who come at once', async () => {
    const clinic = await aClinic(server);

    await Promise.all(Array.from({ length: 6 }, () => registerPatient(server.url, clinic.slug)));

    const numbers = await rows('select record_number from patient where clinic_id = $1 order by record_number', [
      clinic.id,
    ]);
    expect(numbers.map((row) => row['record_number'])).toEqual([
      'P-00001',
      'P-00002',
      'P-00003',
      'P-00004',
      'P-00005',
      'P-00006',
    ]);
  });
});
