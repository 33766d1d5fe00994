import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { registerClinic } from './support/accounts.ts';
import { aClinic, appointmentMutations as mutation, type TestClinic, type TestMember } from './support/clinic.ts';
import { TestClient, type Json } from './support/client.ts';
import { query } from './support/database.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;
let patient: TestMember;

beforeAll(async () => {
  server = await startTestServer({ publicUrl: 'https://clinic.example.org' });
});

/** Each test has a clinic of its own. */
beforeEach(async () => {
  server.clock.set(mondayMorning);
  clinic = await aClinic(server);
  doctor = await clinic.hire('DOCTOR', 'Dr. Ana Reyes');
  patient = await clinic.enrol({ firstName: 'Maria', lastName: 'Santos' });
});

afterAll(() => server.stop());

const book = async (startsAt: string, who = patient, ofDoctor = doctor): Promise<Json> => {
  const { serviceId } = clinic;
  const input = { patientId: who.patientId, doctorId: ofDoctor.doctorId, serviceId, startsAt, reason: 'A secret itch' };
  return (await clinic.owner.ask(mutation.book, { input })).answer.appointment;
};

const urlOf = async (client: TestClient): Promise<string> =>
  (await client.ask('{ viewer { calendarUrl } }')).viewer.calendarUrl;

/** The same address at the server under test. */
const get = (url: string) => fetch(url.replace('https://clinic.example.org', new URL(server.url).origin));

/** The events of a feed, by property. Long lines are folded. */
async function eventsOf(client: TestClient): Promise<Record<string, string>[]> {
  const text = (await (await get(await urlOf(client))).text()).replaceAll('\r\n ', '');
  return text
    .split('BEGIN:VEVENT\r\n')
    .slice(1)
    .map((event) => {
      const lines = event.split('\r\nEND:VEVENT')[0]?.split('\r\n') ?? [];
      return Object.fromEntries(lines.map((line) => [line.split(':')[0], line.slice(line.indexOf(':') + 1)]));
    });
}

describe('a calendar at its secret address', () => {
  it('has a patient’s own appointments, in UTC, and names clinic, doctor and time alone', async () => {
    const { id } = await book('2030-03-05T01:00:00.000Z');
    await book('2030-03-05T02:00:00.000Z', await clinic.enrol());
    await clinic.owner.ask(
      'mutation { updateClinic(input: { address: "1 Rizal Ave, Manila" }) { userErrors { code } } }',
    );

    const answer = await get(await urlOf(patient.client));
    const text = await answer.text();

    expect(await urlOf(patient.client)).toMatch(/^https:\/\/clinic\.example\.org\/calendar\/[\w-]{65}\.ics$/);
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(text).not.toMatch(/VTIMEZONE|Maria|itch|Consultation/);
    expect(await eventsOf(patient.client)).toEqual([
      {
        UID: `${id}@clinigraph`,
        SEQUENCE: '1',
        DTSTAMP: '20300304T010000Z',
        DTSTART: '20300305T010000Z',
        DTEND: '20300305T013000Z',
        SUMMARY: 'Dr. Ana Reyes\\, Test Clinic',
        LOCATION: '1 Rizal Ave\\, Manila',
        STATUS: 'CONFIRMED',
        TRANSP: 'OPAQUE',
        CREATED: '20300304T010000Z',
        'LAST-MODIFIED': '20300304T010000Z',
      },
    ]);
  });

  it('keeps an appointment’s name when it moves or is cancelled, and counts up', async () => {
    const { id } = await book('2030-03-05T01:00:00.000Z');
    await clinic.owner.ask(mutation.reschedule, { input: { appointmentId: id, startsAt: '2030-03-05T03:00:00.000Z' } });
    const [moved] = await eventsOf(doctor.client);
    await clinic.owner.ask(mutation.cancel, { input: { appointmentId: id } });
    const [cancelled] = await eventsOf(doctor.client);

    const uid = { UID: `${id}@clinigraph`, SUMMARY: 'Appointment\\, Test Clinic', DTSTART: '20300305T030000Z' };
    expect(moved).toMatchObject({ ...uid, SEQUENCE: '2', STATUS: 'CONFIRMED' });
    expect(cancelled).toMatchObject({ ...uid, SEQUENCE: '3', STATUS: 'CANCELLED', TRANSP: 'TRANSPARENT' });
  });

  it('of a doctor has no colleague’s, nor does that of an owner who treats; others have none', async () => {
    const colleague = await clinic.hire('DOCTOR');
    const { id } = await book('2030-03-05T01:00:00.000Z');
    await book('2030-03-05T01:00:00.000Z', await clinic.enrol(), colleague);
    const desk = await clinic.hire('RECEPTIONIST');
    const treating = new TestClient(
      server.url,
      (await registerClinic(server.url, { ownerIsDoctor: true })).accessToken,
    );

    expect((await eventsOf(doctor.client)).map(({ UID }) => UID)).toEqual([`${id}@clinigraph`]);
    expect(await eventsOf(treating)).toEqual([]);
    expect(await urlOf(desk.client)).toBeNull();
    expect(await urlOf(clinic.owner)).toBeNull();
    expect(await desk.client.codeOf('mutation { resetCalendarUrl { userErrors { code } } }')).toBe('FORBIDDEN');
  });

  it('can be given another address: the old one leads nowhere', async () => {
    const before = await urlOf(patient.client);
    const { resetCalendarUrl } = await patient.client.ask(
      'mutation { resetCalendarUrl { viewer { calendarUrl } userErrors { code } } }',
    );

    expect(resetCalendarUrl.userErrors).toEqual([]);
    expect(resetCalendarUrl.viewer.calendarUrl).not.toBe(before);
    expect((await get(before)).status).toBe(404);
    expect((await get(resetCalendarUrl.viewer.calendarUrl)).status).toBe(200);
    expect((await get(await urlOf(doctor.client))).status).toBe(200);
  });

  it('leads nowhere once its owner is no member any more', async () => {
    const url = await urlOf(doctor.client);
    await query(server.database.adminUrl, 'update membership set active = false where user_id = $1', [doctor.userId]);

    expect((await get(url)).status).toBe(404);
  });

  it('cannot be made up: neither another’s id with one’s own proof, nor anything else', async () => {
    const [own, others] = [await urlOf(patient.client), await urlOf(doctor.client)];
    const proof = own.slice(-'.ics'.length - 43);
    const forged = [
      others.slice(0, -proof.length) + proof,
      own.replace(proof, `${randomBytes(32).toString('base64url')}.ics`),
    ];

    for (const url of [...forged, own.replace('.ics', 'x.ics'), 'https://clinic.example.org/calendar/x.ics']) {
      const answer = await get(url);
      expect([answer.status, await answer.text()]).toEqual([404, 'There is no calendar at this address.']);
    }
    expect((await get(own)).status).toBe(200);
  });

  it('is read sixty times in a quarter of an hour, and wrong addresses are tried as often', async () => {
    const url = await urlOf(patient.client);
    const statuses: number[] = [];
    for (let index = 0; index < 61; index += 1) statuses.push((await get(url)).status);
    const wrong: number[] = [];
    for (let index = 0; index < 61; index += 1) wrong.push((await get('https://clinic.example.org/calendar/x')).status);

    expect(statuses).toEqual([...Array(60).fill(200), 429]);
    expect(wrong.at(0)).toBe(404);
    expect(wrong.at(-1)).toBe(429);
  });
});
