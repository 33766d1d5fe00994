import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountOperations as ask } from './support/accounts-graphql.ts';
import { TestClient } from './support/client.ts';
import { aClinic, password, signIn, type TestClinic } from './support/clinic.ts';
import { query } from './support/database.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let clinic: TestClinic;

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
});

afterAll(() => server.stop());

async function membershipOf(userId: string, at: TestClinic = clinic): Promise<string> {
  const { answer } = await at.owner.ask(ask.staff);
  return answer.find(({ user }: { user: { id: string } }) => user.id === userId).id;
}

const update = async (by: TestClient, input: Record<string, unknown>) => (await by.ask(ask.update, { input })).answer;

const lastOwner = {
  code: 'INVALID_TRANSITION',
  message: 'A clinic needs an owner. Make somebody else an owner first.',
  field: null,
};

async function anOwner(at: TestClinic): Promise<{ client: TestClient; membershipId: string }> {
  const { answer } = await at.owner.ask(ask.whoAmI);
  return { client: at.owner, membershipId: await membershipOf(answer.user.id, at) };
}

describe('the team', () => {
  it('is listed by name for owner and administrator alone, without patients', async () => {
    const place = await aClinic(server);
    const admin = await place.hire('ADMIN', 'Bea');
    const nurse = await place.hire('NURSE', 'Ana');
    const patient = await place.enrol();

    const { answer } = await admin.client.ask(ask.staff);

    expect(answer.map(({ user, role }: { user: { name: string }; role: string }) => [user.name, role])).toEqual([
      ['Ana', 'NURSE'],
      ['Bea', 'ADMIN'],
      ['Olive Owner', 'OWNER'],
    ]);
    expect(answer[0].email).toBe(nurse.email);
    for (const { client } of [nurse, patient]) expect(await client.codeOf(ask.staff)).toBe('FORBIDDEN');
  });
});

describe('changing a role', () => {
  it('holds from the next request on', async () => {
    const nurse = await clinic.hire('NURSE');

    const answer = await update(clinic.owner, { membershipId: await membershipOf(nurse.userId), role: 'ADMIN' });

    expect(answer.membership).toMatchObject({ role: 'ADMIN', active: true });
    expect((await nurse.client.ask(ask.staff)).answer.length).toBeGreaterThan(0);
  });

  it('gives a doctor a profile, and takes it out of booking when they are something else', async () => {
    const desk = await clinic.hire('RECEPTIONIST', 'Dani Cruz');
    const membershipId = await membershipOf(desk.userId);

    const doctor = await update(clinic.owner, { membershipId, role: 'DOCTOR' });
    const nurse = await update(clinic.owner, { membershipId, role: 'NURSE' });

    expect(doctor.membership.doctor).toMatchObject({ name: 'Dani Cruz', active: true });
    expect(nurse.membership.doctor).toMatchObject({ id: doctor.membership.doctor.id, active: false });
  });

  it('makes nobody a patient, and touches no patient', async () => {
    const nurse = await clinic.hire('NURSE');
    const patient = await clinic.enrol();
    const [row] = await query<{ id: string }>(
      server.database.adminUrl,
      'select id from membership where user_id = $1',
      [patient.userId],
    );

    const answer = await update(clinic.owner, { membershipId: await membershipOf(nurse.userId), role: 'PATIENT' });

    expect(answer.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['role'] }]);
    expect(await clinic.owner.codeOf(ask.update, { input: { membershipId: row?.id, role: 'OWNER' } })).toBe(
      'NOT_FOUND',
    );
  });

  it('is for owner and administrator; an administrator neither makes nor changes an owner', async () => {
    const admin = await clinic.hire('ADMIN');
    const nurse = await clinic.hire('NURSE');
    const { membershipId: owner } = await anOwner(clinic);
    const own = await membershipOf(admin.userId);

    expect(await nurse.client.codeOf(ask.update, { input: { membershipId: own, active: false } })).toBe('FORBIDDEN');
    for (const input of [
      { membershipId: owner, active: false },
      { membershipId: owner, role: 'NURSE' },
      { membershipId: own, role: 'OWNER' },
    ])
      expect(await admin.client.codeOf(ask.update, { input })).toBe('FORBIDDEN');
    expect((await clinic.owner.ask(ask.whoAmI)).answer.role).toBe('OWNER');
  });

  it('is of one’s own clinic', async () => {
    const elsewhere = await aClinic(server);
    const nurse = await clinic.hire('NURSE');
    const membershipId = await membershipOf(nurse.userId);

    expect(await elsewhere.owner.codeOf(ask.update, { input: { membershipId, active: false } })).toBe('NOT_FOUND');
  });
});

describe('the last owner', () => {
  it('can neither be switched off nor get another role, not even by themselves', async () => {
    const { client, membershipId } = await anOwner(await aClinic(server));

    expect((await update(client, { membershipId, active: false })).userErrors).toEqual([lastOwner]);
    expect((await update(client, { membershipId, role: 'DOCTOR' })).userErrors).toEqual([lastOwner]);
  });

  it('is left when two owners step down at once', async () => {
    const place = await aClinic(server);
    const second = await place.hire('OWNER');
    const { client, membershipId } = await anOwner(place);
    const other = await membershipOf(second.userId, place);

    const answers = await Promise.all([
      update(client, { membershipId, role: 'NURSE' }),
      update(second.client, { membershipId: other, role: 'NURSE' }),
    ]);

    expect(answers.map(({ userErrors }) => userErrors.length).sort()).toEqual([0, 1]);
    const [count] = await query<{ count: number }>(
      server.database.adminUrl,
      `select count(*)::int as count from membership where clinic_id = $1 and role = 'OWNER' and active`,
      [place.id],
    );
    expect(count?.count).toBe(1);
  });
});

describe('an owner who treats', () => {
  it('gets a doctor’s profile, and gives it up again without losing it', async () => {
    const { client, membershipId } = await anOwner(await aClinic(server));

    const on = await update(client, { membershipId, treatsPatients: true });
    const viewer = (await client.ask('{ viewer { doctor { id } } }')).viewer;
    const off = await update(client, { membershipId, treatsPatients: false });

    expect(on.membership.doctor).toMatchObject({ active: true });
    expect(viewer.doctor.id).toBe(on.membership.doctor.id);
    expect(off.membership.doctor).toMatchObject({ id: viewer.doctor.id, active: false });
  });

  it('is an owner: for others there is the role of a doctor', async () => {
    const nurse = await clinic.hire('NURSE');

    const answer = await update(clinic.owner, {
      membershipId: await membershipOf(nurse.userId),
      treatsPatients: true,
    });

    expect(answer.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['treatsPatients'] }]);
  });
});

describe('a member who is switched off', () => {
  it('is signed out, cannot be booked, cannot sign in, and comes back when switched on', async () => {
    const doctor = await clinic.hire('DOCTOR');
    const membershipId = await membershipOf(doctor.userId);

    const off = await update(clinic.owner, { membershipId, active: false });

    expect(off.membership).toMatchObject({ active: false, doctor: { active: false } });
    expect((await doctor.client.ask(ask.whoAmI)).answer).toBeNull();
    const { answer: refused } = await new TestClient(server.url).ask(ask.signIn, {
      input: { email: doctor.email, password },
    });
    expect(refused.userErrors).toEqual([
      {
        code: 'INVALID_TRANSITION',
        message: 'Your access is switched off. Ask the clinic to switch it on again.',
        field: null,
      },
    ]);
    await update(clinic.owner, { membershipId, active: true });
    expect((await doctor.client.ask(ask.whoAmI)).answer).toBeNull();
    expect((await (await signIn(server.url, doctor.email)).ask(ask.whoAmI)).answer.role).toBe('DOCTOR');
  });
});
