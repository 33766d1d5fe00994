import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClinic, appointmentMutations as mutation, type TestClinic, type TestMember } from './support/clinic.ts';
import { settled, TestClient, type Json } from './support/client.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './support/server.ts';

const appointmentChanged = `subscription ($after: String, $doctorId: ID) {
  appointmentChanged(after: $after, doctorId: $doctorId) { cursor resync type appointment { id status patient { name } allowedActions } }
}`;
const notificationReceived = `subscription ($after: String) {
  notificationReceived(after: $after) { cursor resync unreadCount notification { type title } }
}`;

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;
let desk: TestMember;
let patient: TestMember;
let nextSlot = 0;

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
  doctor = await clinic.hire('DOCTOR');
  desk = await clinic.hire('RECEPTIONIST');
  patient = await clinic.enrol({ firstName: 'Maria', lastName: 'Santos' });
});

afterAll(() => server.stop());

/** Every request a half hour of its own: no two stand in each other's way. */
async function request(who = patient, ofDoctor = doctor): Promise<string> {
  nextSlot += 1;
  const startsAt = new Date(Date.UTC(2030, 2, 12 + Math.floor(nextSlot / 14), 1, (nextSlot % 14) * 30)).toISOString();
  const input = { doctorId: ofDoctor.doctorId, serviceId: clinic.serviceId, startsAt };
  return (await who.client.ask(mutation.request, { input })).answer.appointment.id;
}

const approve = (appointmentId: string) => doctor.client.ask(mutation.approve, { input: { appointmentId } });
const updates = (received: Json[]) => received.map((data) => data.appointmentChanged);

describe('a live appointment', () => {
  it('reaches doctor, front desk and patient, each with what they may do next', async () => {
    const screens = [doctor, desk, patient].map((who) => who.client.watch(appointmentChanged));
    await settled();

    const id = await request();
    await approve(id);

    for (const [index, next] of [['APPROVE', 'REJECT', 'CANCEL'], ['CANCEL'], ['CANCEL']].entries()) {
      const [asked, approved] = updates((await screens[index]?.until(2)) ?? []);
      expect(asked).toMatchObject({
        type: 'REQUESTED',
        resync: false,
        appointment: { id, patient: { name: 'Maria Santos' } },
      });
      expect(approved).toMatchObject({
        type: 'APPROVED',
        appointment: { id, status: 'APPROVED', allowedActions: ['CANCEL', 'RESCHEDULE'] },
      });
      // The first update may be read after the second step: what it shows is never older than the step it tells of.
      expect(asked.appointment.status === 'APPROVED' || asked.appointment.allowedActions).toEqual(
        asked.appointment.status === 'APPROVED' ? true : next,
      );
    }
    await Promise.all(screens.map((screen) => screen.stop()));
  });

  it('reaches no other doctor, no other patient and no other clinic', async () => {
    const colleague = await clinic.hire('DOCTOR');
    const otherPatient = await clinic.enrol();
    const elsewhere = await aClinic(server);
    const strangers = [colleague.client, otherPatient.client, elsewhere.owner].map((client) =>
      client.watch(appointmentChanged),
    );
    const named = desk.client.watch(appointmentChanged, { doctorId: colleague.doctorId });
    const witness = desk.client.watch(appointmentChanged);
    await settled();

    await approve(await request());
    const last = await request(otherPatient, colleague);
    await witness.until(3);
    const [forColleague] = updates(await named.until(1));
    await settled();

    expect(forColleague.appointment.id).toBe(last);
    expect(strangers.map((screen) => updates(screen.received).map((update) => update.appointment.id))).toEqual([
      [last],
      [last],
      [],
    ]);
    await Promise.all([...strangers, named, witness].map((screen) => screen.stop()));
  });

  it('is refused without a session, and with a doctor’s id of another kind', async () => {
    const nobody = new TestClient(server.url).watch(appointmentChanged);
    const confused = desk.client.watch(appointmentChanged, { doctorId: clinic.serviceId });
    const lost = desk.client.watch(appointmentChanged, { after: 'no cursor' });
    await Promise.all([nobody.until(1), confused.until(1), lost.until(1)]);

    const codes = [nobody, confused, lost].map((screen) => screen.failures[0]?.extensions.code);
    expect(codes).toEqual(['UNAUTHENTICATED', 'BAD_USER_INPUT', 'BAD_USER_INPUT']);
    await Promise.all([nobody, confused, lost].map((screen) => screen.stop()));
  });
});

describe('a client that comes back', () => {
  it('gets what it missed, once and in order, and then what happens next', async () => {
    const before = desk.client.watch(appointmentChanged);
    await settled();
    await request();
    const [seen] = updates(await before.until(1));
    await before.stop();

    const missed = [await request(), await request()];
    await approve(missed[0] ?? '');
    const after = desk.client.watch(appointmentChanged, { after: seen.cursor });
    await after.until(3);
    const next = await request();
    await after.until(4);
    await settled();

    const received = updates(after.received);
    expect(received.map(({ type, appointment }) => [type, appointment.id])).toEqual([
      ['REQUESTED', missed[0]],
      ['REQUESTED', missed[1]],
      ['APPROVED', missed[0]],
      ['REQUESTED', next],
    ]);
    expect(new Set(received.map(({ cursor }) => cursor)).size).toBe(4);
    await after.stop();
  });

  it('is told to fetch anew when what it missed is older than a day', async () => {
    const before = desk.client.watch(appointmentChanged);
    await settled();
    await request();
    const [seen] = updates(await before.until(1));
    await before.stop();
    await request();

    server.clock.advance(25 * 60 * 60 * 1_000);
    const back = await clinic.hire('RECEPTIONIST');
    const after = back.client.watch(appointmentChanged, { after: seen.cursor });
    const [told] = updates(await after.until(1));

    server.clock.set(mondayMorning);

    expect(told).toMatchObject({ resync: true, type: null, appointment: null });
    await after.stop();
  });
});

describe('a live message', () => {
  it('reaches its recipient alone, with the count for the bell, and another screen hears that it was read', async () => {
    const maria = await clinic.enrol();
    const somebody = await clinic.enrol();
    const day = await clinic.hire('DOCTOR');
    const bell = maria.client.watch(notificationReceived);
    const otherBell = somebody.client.watch(notificationReceived);
    await settled();

    const id = await request(maria, day);
    await day.client.ask(mutation.approve, { input: { appointmentId: id } });
    const [first] = await bell.until(1);
    await maria.client.ask('mutation { markNotificationsRead { unreadCount } }');
    const [, second] = await bell.until(2);

    expect(first.notificationReceived).toMatchObject({
      unreadCount: 1,
      notification: { type: 'APPOINTMENT_APPROVED', title: 'Your appointment is confirmed' },
    });
    expect(second.notificationReceived).toMatchObject({ unreadCount: 0, notification: null });
    expect(otherBell.received).toEqual([]);
    await Promise.all([bell.stop(), otherBell.stop()]);
  });
});
