import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

const everything = `id slug name address phone timeZone currency locale taxNumber
  settings { reminderLeadHours closeOutPolicy noShowAfterMinutes selfServiceCutoffHours taxPercent requestPolicy }`;
const updateClinic = `mutation ($input: UpdateClinicInput!) {
  updateClinic(input: $input) { clinic { ${everything} } userErrors { code message field } } }`;

const update = async (client: TestClient, input: Record<string, unknown>) =>
  (await client.ask(updateClinic, { input })).updateClinic;

const asItIs = async (of: TestClinic = clinic) =>
  (await of.owner.ask(`{ viewer { clinic { ${everything} settings { defaultDoctorSharePercent } } } }`)).viewer.clinic;

const auditOf = (subjectId: string) =>
  query<{ action: string; actor_name: string; changes: object }>(
    server.database.adminUrl,
    `select action, actor_name, changes from audit_entry where subject_id = $1 and action = 'clinic.update' order by length(changes::text) desc`,
    [subjectId],
  );

describe('changing the clinic', () => {
  it('sets everything that is given, and keeps the rest', async () => {
    const own = await aClinic(server);
    const given = {
      name: 'St. Luke’s',
      address: '1 Rizal Avenue\nManila',
      phone: '+639171234567',
      taxNumber: '123-456-789',
      timeZone: 'Europe/Berlin',
      locale: 'de-DE',
    };

    const first = await update(own.owner, given);
    const second = await update(own.owner, {
      reminderLeadHours: [1, 48, 3],
      closeOutPolicy: 'ON_CONSULTATION_COMPLETED',
      noShowAfterMinutes: 30,
      selfServiceCutoffHours: 0,
      taxPercent: '12.5',
      requestPolicy: 'FRONT_DESK',
      defaultDoctorSharePercent: '40',
    });

    expect(first.userErrors).toEqual([]);
    expect(second).toEqual({
      clinic: {
        id: own.id,
        slug: own.slug,
        currency: 'PHP',
        ...given,
        settings: {
          reminderLeadHours: [48, 3, 1],
          closeOutPolicy: 'ON_CONSULTATION_COMPLETED',
          noShowAfterMinutes: 30,
          selfServiceCutoffHours: 0,
          taxPercent: '12.50',
          requestPolicy: 'FRONT_DESK',
        },
      },
      userErrors: [],
    });
    expect((await asItIs(own)).settings.defaultDoctorSharePercent).toBe('40.00');
  });

  it('clears what may be empty, and refuses to clear what may not', async () => {
    await update(clinic.owner, { address: '1 Rizal Avenue', phone: '+639171234567', taxNumber: '1' });

    const cleared = await update(clinic.owner, { address: null, phone: null, taxNumber: '  ' });
    const refused = await update(clinic.owner, { name: null, timeZone: null, reminderLeadHours: null });

    expect(cleared.clinic).toMatchObject({ address: null, phone: null, taxNumber: null });
    expect(refused).toEqual({
      clinic: null,
      userErrors: [
        { code: 'INVALID_INPUT', message: expect.any(String), field: ['name'] },
        { code: 'INVALID_INPUT', message: 'Choose a time zone.', field: ['timeZone'] },
        {
          code: 'INVALID_INPUT',
          message: 'Enter the hours before an appointment, or none at all.',
          field: ['reminderLeadHours'],
        },
      ],
    });
  });

  it('changes nothing at all when one of many settings breaks a rule', async () => {
    const before = await asItIs();

    const answer = await update(clinic.owner, { name: 'Another name', noShowAfterMinutes: 0 });

    expect(answer.userErrors).toEqual([
      { code: 'INVALID_INPUT', message: 'Enter whole minutes from 1 to 1,440.', field: ['noShowAfterMinutes'] },
    ]);
    expect(await asItIs()).toEqual(before);
  });

  it('leaves an audit entry with what was before and after, without the share', async () => {
    const own = await aClinic(server);

    await update(own.owner, { name: 'Renamed', taxPercent: '0.00', defaultDoctorSharePercent: '35' });
    await update(own.owner, { name: 'Renamed' });

    expect(await auditOf(own.id)).toEqual([
      {
        action: 'clinic.update',
        actor_name: 'Olive Owner',
        changes: { name: ['Test Clinic', 'Renamed'], defaultDoctorSharePercent: 'changed' },
      },
      { action: 'clinic.update', actor_name: 'Olive Owner', changes: {} },
    ]);
  });

  it('is published once for each real change', async () => {
    const own = await aClinic(server);

    await update(own.owner, { noShowAfterMinutes: 20 });
    await update(own.owner, { noShowAfterMinutes: 20 });

    const facts = await query(server.database.adminUrl, `select type from event where subject_id = $1`, [own.id]);
    expect(facts).toEqual([{ type: 'CLINIC_UPDATED' }]);
  });

  it('keeps what each of many saves at once', async () => {
    const own = await aClinic(server);
    const admin = await own.hire('ADMIN');

    const answers = await Promise.all([
      update(own.owner, { name: 'Both' }),
      update(admin.client, { address: '2 Mabini Street' }),
      update(own.owner, { noShowAfterMinutes: 45 }),
      update(admin.client, { reminderLeadHours: [72] }),
      update(own.owner, { taxPercent: '7' }),
    ]);

    expect(answers.flatMap((answer) => answer.userErrors)).toEqual([]);
    expect(await asItIs(own)).toMatchObject({
      name: 'Both',
      address: '2 Mabini Street',
      settings: { noShowAfterMinutes: 45, reminderLeadHours: [72], taxPercent: '7.00' },
    });
  });

  it('takes effect for those who are signed in already', async () => {
    const own = await aClinic(server);
    const nurse = await own.hire('NURSE');

    await update(own.owner, { timeZone: 'America/New_York' });

    const { viewer } = await nurse.client.ask('{ viewer { clinic { timeZone } } }');
    expect(viewer.clinic.timeZone).toBe('America/New_York');
  });
});

describe('bad input', () => {
  it.each([
    [{ name: 'n'.repeat(10_000) }, "Use at most 120 characters for the clinic's name.", ['name']],
    [{ name: '\u200F\u202E ' }, "Enter the clinic's name.", ['name']],
    [{ taxPercent: '12.345' }, 'Use at most two decimals for the percentage.', ['taxPercent']],
    [{ reminderLeadHours: [24, 24] }, 'Enter each reminder once.', ['reminderLeadHours']],
    [{ selfServiceCutoffHours: 721 }, 'Enter whole hours from 0 to 720.', ['selfServiceCutoffHours']],
  ])('%# is refused at its field', async (input, message, field) => {
    const before = await asItIs();

    const answer = await update(clinic.owner, input);

    expect(answer).toEqual({ clinic: null, userErrors: [{ code: 'INVALID_INPUT', message, field }] });
    expect(await asItIs()).toEqual(before);
  });

  it('of a text with U+0000 or a zone that is none is malformed', async () => {
    for (const [input, field] of [
      [{ name: 'a\u0000b' }, ['input', 'name']],
      [{ timeZone: 'Mars/Olympus' }, ['input', 'timeZone']],
      [{ timeZone: '+08:00' }, ['input', 'timeZone']],
      [{ phone: '12' }, ['input', 'phone']],
    ]) {
      const { errors } = await clinic.owner.send(updateClinic, { input });
      expect(errors?.map(({ extensions }) => [extensions.code, extensions.field])).toEqual([['BAD_USER_INPUT', field]]);
    }
  });

  it('keeps right-to-left names, without the marks that would turn the rest of a line', async () => {
    const own = await aClinic(server);

    const answer = await update(own.owner, { name: '\u202Eعيادة النور\u202C' });

    expect(answer.clinic.name).toBe('عيادة النور');
  });

  it('cannot touch currency or address on the web: there is no such field', async () => {
    for (const field of ['currency: "USD"', 'slug: "other"', 'sandbox: true']) {
      const { errors } = await clinic.owner.send(
        `mutation { updateClinic(input: { ${field} }) { userErrors { code } } }`,
      );
      expect(errors).toHaveLength(1);
    }
  });
});

describe('the settings of a clinic', () => {
  it.each(['DOCTOR', 'NURSE', 'RECEPTIONIST'] as const)("are not a %s's to change", async (role) => {
    const { client } = await clinic.hire(role);
    const before = await asItIs();

    const { data, errors } = await client.send(updateClinic, { input: { name: 'Mine now' } });

    expect(data).toEqual({ updateClinic: null });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    expect(await asItIs()).toEqual(before);
  });

  it("are not a patient's, nor anybody's who is not signed in", async () => {
    const patient = await clinic.enrol();

    expect(await patient.client.codeOf(updateClinic, { input: { name: 'x' } })).toBe('FORBIDDEN');
    expect(await new TestClient(server.url).codeOf(updateClinic, { input: { name: 'x' } })).toBe('UNAUTHENTICATED');
  });

  it("let an admin change all but the doctors' share: then nothing is written", async () => {
    const { client } = await clinic.hire('ADMIN');
    const before = await asItIs();

    const allowed = await update(client, { phone: '+639170000000' });
    const { data, errors } = await client.send(updateClinic, {
      input: { name: 'Admin’s', defaultDoctorSharePercent: '90' },
    });

    expect(allowed.userErrors).toEqual([]);
    expect(data).toEqual({ updateClinic: null });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    expect(await asItIs()).toEqual({ ...before, phone: '+639170000000' });
  });

  it('stay those of one clinic', async () => {
    const other = await aClinic(server);
    const before = await asItIs(other);

    await update(clinic.owner, { name: 'Only here' });

    expect(await asItIs(other)).toEqual(before);
  });
});
