import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerClinic } from './support/accounts.ts';
import { aClinic, type TestClinic, type TestMember } from './support/clinic.ts';
import { TestClient } from './support/client.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
  doctor = await clinic.hire('DOCTOR', 'Dr. Ana Reyes');
});

afterAll(() => server.stop());

const schedule = 'schedule { weekday startsAt endsAt slotMinutes }';
const setSchedule = `mutation ($input: SetScheduleInput!) {
  setSchedule(input: $input) { doctor { ${schedule} } userErrors { code message field } } }`;

const aBlock = (changes: Record<string, unknown> = {}) => ({
  weekday: 'MONDAY',
  startsAt: '09:00',
  endsAt: '12:00',
  slotMinutes: 30,
  ...changes,
});

const set = async (client: TestClient, blocks: object[], doctorId = doctor.doctorId) =>
  (await client.ask(setSchedule, { input: { doctorId, blocks } })).setSchedule;

const scheduleOf = async (doctorId: string, client = clinic.owner) =>
  (await client.ask(`query ($id: ID!) { doctor(id: $id) { ${schedule} } }`, { id: doctorId })).doctor.schedule;

/** Asserts that a call is refused under this code, and that the doctor works as before. */
async function expectDenied(client: TestClient, code: string, doctorId = doctor.doctorId, owner = clinic.owner) {
  const before = await scheduleOf(doctorId, owner);
  const { data, errors } = await client.send(setSchedule, { input: { doctorId, blocks: [] } });
  expect(data).toEqual({ setSchedule: null });
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual([code]);
  expect(await scheduleOf(doctorId, owner)).toEqual(before);
}

describe('setting a schedule', () => {
  it('replaces the whole week; the answer has it Monday first', async () => {
    const answer = await set(doctor.client, [
      aBlock({ weekday: 'SUNDAY' }),
      aBlock({ startsAt: '13:00', endsAt: '17:30', slotMinutes: 15 }),
      aBlock(),
    ]);

    expect(answer).toEqual({
      doctor: {
        schedule: [
          aBlock(),
          aBlock({ startsAt: '13:00', endsAt: '17:30', slotMinutes: 15 }),
          aBlock({ weekday: 'SUNDAY' }),
        ],
      },
      userErrors: [],
    });
  });

  it('takes blocks that touch, and a week without any', async () => {
    const touching = [aBlock(), aBlock({ startsAt: '12:00', endsAt: '13:00' })];

    expect((await set(doctor.client, touching)).doctor.schedule).toEqual(touching);
    expect((await set(doctor.client, [])).doctor.schedule).toEqual([]);
  });

  it('is up to the doctor, an admin and the owner', async () => {
    const admin = await clinic.hire('ADMIN');

    for (const client of [doctor.client, admin.client, clinic.owner]) {
      expect((await set(client, [aBlock()])).userErrors).toEqual([]);
    }
  });

  it('leaves one whole week when two are set at once', async () => {
    const short = [aBlock()];
    const long = [aBlock({ weekday: 'TUESDAY' }), aBlock({ weekday: 'FRIDAY' })];

    await Promise.all([set(doctor.client, short), set(clinic.owner, long)]);

    expect([short, long]).toContainEqual(await scheduleOf(doctor.doctorId));
  });

  it('refuses blocks of one day that overlap, naming the later one, and changes nothing', async () => {
    await set(doctor.client, [aBlock()]);

    const answer = await set(doctor.client, [
      aBlock({ weekday: 'FRIDAY' }),
      aBlock({ startsAt: '10:00', endsAt: '14:00' }),
      aBlock({ startsAt: '13:30', endsAt: '15:00' }),
    ]);

    expect(answer).toEqual({
      doctor: null,
      userErrors: [
        {
          code: 'INVALID_INPUT',
          message: 'Two blocks of one day overlap. Leave a gap or join them.',
          field: ['blocks', '2', 'startsAt'],
        },
      ],
    });
    expect(await scheduleOf(doctor.doctorId)).toEqual([aBlock()]);
  });

  it('refuses a block that ends when or before it starts', async () => {
    const answer = await set(doctor.client, [
      aBlock({ endsAt: '09:00' }),
      aBlock({ startsAt: '14:00', endsAt: '13:00' }),
    ]);

    const message = 'The end must come after the start.';
    expect(answer.userErrors).toEqual([
      { code: 'INVALID_INPUT', message, field: ['blocks', '0', 'endsAt'] },
      { code: 'INVALID_INPUT', message, field: ['blocks', '1', 'endsAt'] },
    ]);
  });

  it('refuses slots under 5 and over 240 minutes', async () => {
    const blocks = [4, 5, 240, 241].map((slotMinutes, index) =>
      aBlock({ slotMinutes, weekday: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY'][index] }),
    );

    const answer = await set(doctor.client, blocks);

    expect(answer.userErrors).toEqual([
      { code: 'INVALID_INPUT', message: 'A slot lasts at least 5 minutes.', field: ['blocks', '0', 'slotMinutes'] },
      { code: 'INVALID_INPUT', message: 'A slot lasts at most 240 minutes.', field: ['blocks', '3', 'slotMinutes'] },
    ]);
  });

  it.each(['9:00', '24:00', '09:60', '0900', ''])('refuses %j as a time', async (startsAt) => {
    const { errors } = await doctor.client.send(setSchedule, {
      input: { doctorId: doctor.doctorId, blocks: [aBlock({ startsAt })] },
    });

    expect(errors?.map(({ extensions }) => [extensions.code, extensions.field])).toEqual([
      ['BAD_USER_INPUT', ['input', 'blocks', '0', 'startsAt']],
    ]);
  });
});

describe('a schedule', () => {
  it("is not a colleague's to set: to them it does not exist", async () => {
    const colleague = await clinic.hire('DOCTOR');

    await expectDenied(doctor.client, 'NOT_FOUND', colleague.doctorId);
  });

  it("is not another clinic's owner's to set", async () => {
    const other = await aClinic(server);

    await expectDenied(other.owner, 'NOT_FOUND');
  });

  it.each(['RECEPTIONIST', 'NURSE'] as const)("is not a %s's to set", async (role) => {
    await expectDenied((await clinic.hire(role)).client, 'FORBIDDEN');
  });

  it("is not a patient's, nor anybody's who is not signed in", async () => {
    await expectDenied((await clinic.enrol()).client, 'FORBIDDEN');
    await expectDenied(new TestClient(server.url), 'UNAUTHENTICATED');
  });

  it('of an owner who treats is theirs to set, like every other of the clinic', async () => {
    const { accessToken } = await registerClinic(server.url, { ownerIsDoctor: true });
    const owner = new TestClient(server.url, accessToken);
    const { viewer } = await owner.ask('{ viewer { doctor { id } } }');

    expect((await set(owner, [aBlock()], viewer.doctor.id)).doctor.schedule).toEqual([aBlock()]);
  });
});
