import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClinic, type TestClinic, type TestMember } from './support/clinic.ts';
import { TestClient } from './support/client.ts';
import { query } from './support/database.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;
let admin: TestMember;
let eyeTest: string;

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
  doctor = await clinic.hire('DOCTOR', 'Dr. Ana Reyes');
  admin = await clinic.hire('ADMIN');
  eyeTest = await aService('Eye test');
});

afterAll(() => server.stop());

const aService = async (name: string, of: TestClinic = clinic): Promise<string> =>
  (
    await of.owner.ask(
      `mutation { createService(input: { name: "${name}", durationMinutes: 30, price: "1" }) { service { id } } }`,
    )
  ).createService.service.id;

const archive = (serviceId: string, archived = true) =>
  clinic.owner.ask('mutation ($input: UpdateServiceInput!) { updateService(input: $input) { userErrors { code } } }', {
    input: { serviceId, archived },
  });

const fields = 'id name specialty licenceNumber active services { name }';
const updateDoctor = `mutation ($input: UpdateDoctorInput!) {
  updateDoctor(input: $input) { doctor { ${fields} } userErrors { code message field } } }`;

const update = async (client: TestClient, input: Record<string, unknown>, doctorId = doctor.doctorId) =>
  (await client.ask(updateDoctor, { input: { doctorId, ...input } })).updateDoctor;

const asItIs = async (doctorId = doctor.doctorId) =>
  (await clinic.owner.ask(`query ($id: ID!) { doctor(id: $id) { ${fields} sharePercent } }`, { id: doctorId })).doctor;

describe('changing a doctor', () => {
  it('changes what is given and keeps the rest; null clears', async () => {
    const hired = await clinic.hire('DOCTOR', 'Dr. Ben Cruz');

    await update(
      clinic.owner,
      { specialty: ' Ophthalmology ', licenceNumber: 'PRC  77', sharePercent: '40' },
      hired.doctorId,
    );
    const chosen = await update(admin.client, { serviceIds: [eyeTest, eyeTest] }, hired.doctorId);

    expect(chosen).toEqual({
      doctor: {
        id: hired.doctorId,
        name: 'Dr. Ben Cruz',
        specialty: 'Ophthalmology',
        licenceNumber: 'PRC 77',
        active: true,
        services: [{ name: 'Eye test' }],
      },
      userErrors: [],
    });
    await update(
      clinic.owner,
      { specialty: null, licenceNumber: '', serviceIds: [], sharePercent: null },
      hired.doctorId,
    );
    expect(await asItIs(hired.doctorId)).toMatchObject({
      specialty: null,
      licenceNumber: null,
      sharePercent: null,
      services: [{ name: 'Consultation' }, { name: 'Eye test' }],
    });
  });

  it('with an empty list offers everything, what is added later included', async () => {
    const own = await aClinic(server);
    const hired = await own.hire('DOCTOR');
    await update(own.owner, { serviceIds: [own.serviceId] }, hired.doctorId);

    await update(own.owner, { serviceIds: [] }, hired.doctorId);
    await aService('Later', own);

    const { doctors } = await own.owner.ask('{ doctors { services { name } } }');
    expect(doctors).toEqual([{ services: [{ name: 'Consultation' }, { name: 'Later' }] }]);
  });

  it('takes no list with an archived service, nor with one that is not the clinic’s', async () => {
    const old = await aService('Old test');
    await archive(old);
    const before = await asItIs();
    const foreign = (await aClinic(server)).serviceId;

    const answer = await update(clinic.owner, { specialty: 'Changed', serviceIds: [eyeTest, old] });
    const code = await clinic.owner.codeOf(updateDoctor, {
      input: { doctorId: doctor.doctorId, serviceIds: [eyeTest, foreign] },
    });
    const malformed = await clinic.owner.codeOf(updateDoctor, {
      input: { doctorId: doctor.doctorId, serviceIds: [doctor.doctorId] },
    });

    expect(answer).toEqual({
      doctor: null,
      userErrors: [
        {
          code: 'INVALID_INPUT',
          message: 'Old test is archived. Restore it first, or leave it out.',
          field: ['serviceIds', '1'],
        },
      ],
    });
    expect([code, malformed]).toEqual(['NOT_FOUND', 'BAD_USER_INPUT']);
    expect(await asItIs()).toEqual(before);
  });

  it('leaves one whole list when two are set at once', async () => {
    const third = await aService('Third');

    await Promise.all([
      update(clinic.owner, { serviceIds: [eyeTest, third] }),
      update(admin.client, { serviceIds: [clinic.serviceId] }),
    ]);

    expect([[{ name: 'Eye test' }, { name: 'Third' }], [{ name: 'Consultation' }]]).toContainEqual(
      (await asItIs()).services,
    );
    await update(clinic.owner, { serviceIds: [] });
  });

  it('writes down what changed, the share without its value', async () => {
    const hired = await clinic.hire('DOCTOR');

    await update(clinic.owner, { specialty: 'Cardiology', sharePercent: '55', serviceIds: [eyeTest] }, hired.doctorId);

    const [note] = await query<{ changes: object }>(
      server.database.adminUrl,
      `select changes from audit_entry where subject_id = $1 and action = 'doctor.update'`,
      [hired.doctorId],
    );
    expect(note?.changes).toEqual({
      specialty: [null, 'Cardiology'],
      serviceIds: [[], [eyeTest]],
      sharePercent: 'changed',
    });
  });

  it('refuses long texts, a share out of range and a switch without a position', async () => {
    const before = await asItIs();

    const answer = await update(clinic.owner, {
      specialty: 's'.repeat(10_000),
      licenceNumber: 'l'.repeat(61),
      sharePercent: '100.5',
      active: null,
    });

    expect(answer.userErrors).toEqual([
      { code: 'INVALID_INPUT', message: 'Use at most 120 characters for the specialty.', field: ['specialty'] },
      { code: 'INVALID_INPUT', message: 'Use at most 60 characters for the licence number.', field: ['licenceNumber'] },
      { code: 'INVALID_INPUT', message: 'Enter a share of 0 to 100 percent.', field: ['sharePercent'] },
      { code: 'INVALID_INPUT', message: 'Say whether the doctor can be booked.', field: ['active'] },
    ]);
    expect(await asItIs()).toEqual(before);
  });
});

describe('a licence number', () => {
  it('belongs to one doctor of a clinic, however it is typed', async () => {
    const [one, other] = [await clinic.hire('DOCTOR'), await clinic.hire('DOCTOR')];
    await update(clinic.owner, { licenceNumber: 'PRC 0123' }, one.doctorId);

    const answer = await update(clinic.owner, { licenceNumber: 'prc  0123', specialty: 'Lost' }, other.doctorId);

    expect(answer.userErrors).toEqual([
      {
        code: 'ALREADY_EXISTS',
        message: 'Another doctor has this licence number. Check both.',
        field: ['licenceNumber'],
      },
    ]);
    expect(await asItIs(other.doctorId)).toMatchObject({ licenceNumber: null, specialty: null });
    expect((await update(clinic.owner, { licenceNumber: 'PRC 0123' }, one.doctorId)).userErrors).toEqual([]);
  });

  it('goes to one of two who are given it at once', async () => {
    const hired = [await clinic.hire('DOCTOR'), await clinic.hire('DOCTOR')];

    const answers = await Promise.all(
      hired.map(({ doctorId }) => update(clinic.owner, { licenceNumber: 'PRC 0999' }, doctorId)),
    );

    expect(answers.flatMap(({ userErrors }) => userErrors.map((error: { code: string }) => error.code))).toEqual([
      'ALREADY_EXISTS',
    ]);
  });

  it('may be the same in another clinic', async () => {
    const other = await aClinic(server);
    const hired = await other.hire('DOCTOR');
    await update(clinic.owner, { licenceNumber: 'PRC 5555' });

    expect((await update(other.owner, { licenceNumber: 'PRC 5555' }, hired.doctorId)).userErrors).toEqual([]);
  });
});

describe("a doctor's share", () => {
  it('is the owner’s alone to set: an admin who tries writes nothing', async () => {
    const before = await asItIs();

    const { data, errors } = await admin.client.send(updateDoctor, {
      input: { doctorId: doctor.doctorId, specialty: 'Hidden', sharePercent: '99' },
    });

    expect(data).toEqual({ updateDoctor: null });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    expect(await asItIs()).toEqual(before);
  });

  it('is read by the doctor and the owner, by no colleague', async () => {
    await update(clinic.owner, { sharePercent: '42.5' });
    const colleague = await clinic.hire('DOCTOR');
    const question = 'query ($id: ID!) { doctor(id: $id) { sharePercent } }';
    const id = doctor.doctorId;

    expect((await doctor.client.ask(question, { id })).doctor.sharePercent).toBe('42.50');
    expect((await clinic.owner.ask(question, { id })).doctor.sharePercent).toBe('42.50');
    expect((await colleague.client.ask(question, { id })).doctor.sharePercent).toBeNull();
    expect(await admin.client.codeOf(question, { id })).toBe('FORBIDDEN');
  });
});

describe('who may change a doctor', () => {
  it.each(['DOCTOR', 'NURSE', 'RECEPTIONIST'] as const)('is no %s', async (role) => {
    const { client } = await clinic.hire(role);
    const before = await asItIs();

    expect(await client.codeOf(updateDoctor, { input: { doctorId: doctor.doctorId, active: false } })).toBe(
      'FORBIDDEN',
    );
    expect(await asItIs()).toEqual(before);
  });

  it('is not the doctor, a patient, a stranger or another clinic', async () => {
    const input = { doctorId: doctor.doctorId, active: false };
    const other = await aClinic(server);

    expect(await doctor.client.codeOf(updateDoctor, { input })).toBe('FORBIDDEN');
    expect(await (await clinic.enrol()).client.codeOf(updateDoctor, { input })).toBe('FORBIDDEN');
    expect(await new TestClient(server.url).codeOf(updateDoctor, { input })).toBe('UNAUTHENTICATED');
    expect(await other.owner.codeOf(updateDoctor, { input })).toBe('NOT_FOUND');
    expect((await asItIs()).active).toBe(true);
  });
});
