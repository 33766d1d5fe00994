import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Ctx } from '../src/access/ctx.ts';
import { noCaller } from '../src/app/runtime.ts';
import { addDoctorProfile } from '../src/features/accounts/index.ts';
import { aClinic, appointmentMutations, signIn, type TestClinic, type TestMember } from './support/clinic.ts';
import { TestClient, type Json } from './support/client.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';
import { statementsOf } from './support/statements.ts';
import { aVisit } from './support/visits.ts';

const many = 100;
const atOnce = 10;

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;
let appointmentIds: string[];

/** A hundred patients who each ask the one doctor for the same hour: a request holds no slot. */
beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
  doctor = await clinic.hire('DOCTOR');
  appointmentIds = await inTurns(many, async () => request(await clinic.aPatient(), doctor.doctorId));
});

afterAll(() => server.stop());

async function inTurns<Result>(count: number, run: () => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  while (results.length < count) results.push(...(await Promise.all(Array.from({ length: atOnce }, run))));
  return results;
}

async function request(patientId: string, doctorId: string): Promise<string> {
  const input = { patientId, doctorId, serviceId: clinic.serviceId, startsAt: '2030-03-05T01:00:00.000Z' };
  const { answer } = await clinic.owner.ask(appointmentMutations.request, { input });
  expect(answer.userErrors).toEqual([]);
  return answer.appointment.id;
}

interface Cost {
  rows: number;
  statements: number;
}

async function costOf(client: TestClient, document: string, variables: Record<string, unknown>): Promise<Cost> {
  let data: Json = null;
  const statements = await statementsOf(async () => {
    data = await client.ask(document, variables);
  });
  const [root]: Json[] = Object.values(data);
  const rows: Json[] = root.nodes ?? root;
  return { rows: rows.length, statements };
}

/** Asserts that a question costs as many statements for one row as for a hundred. */
async function expectSameCost(client: TestClient, document: string): Promise<void> {
  const one = await costOf(client, document, { first: 1 });
  const all = await costOf(client, document, { first: many });
  expect([one.rows, all.rows]).toEqual([1, many]);
  expect(one.statements).toBeGreaterThan(2);
  expect(all.statements).toBe(one.statements);
}

const connection = (fields: string) =>
  `{ totalCount pageInfo { hasNextPage endCursor } edges { cursor } nodes { ${fields} } }`;

const person = 'id recordNumber name age phone notificationPreferences { email }';
const service = 'id name price { amount currency } taxPercent archived';
const message = 'id title body readAt deliveries { channel status attempts }';
const appointment = `id status overdue archived allowedActions version clinic { id name now } service { ${service} }
  doctor { id name } patient { ${person} } timeline { type at actorName }`;

const questions: [what: string, document: string][] = [
  [
    'appointments with all that hangs off them',
    `query ($first: Int) { appointments(first: $first) ${connection(
      `${appointment} notifications(first: 5) ${connection(`${message} patient { name } appointment { id }`)}`,
    )} }`,
  ],
  [
    "appointments with their doctor's and their patient's appointments",
    `query ($first: Int) { appointments(first: $first) ${connection(
      `doctor { schedule { weekday } services { ${service} } appointments(first: 2) ${connection('id timeline { type }')} }
       patient { appointments(last: 2) ${connection('id doctor { name }')} }`,
    )} }`,
  ],
  [
    'patients with their appointments',
    `query ($first: Int) { patients(first: $first) ${connection(
      `${person} appointments(first: 3) ${connection(appointment)}`,
    )} }`,
  ],
];

describe('the team and a person’s devices', () => {
  it('cost the same for one as for many', async () => {
    const place = await aClinic(server);
    const staff = '{ staff { id email user { name } doctor { id name services { id } } } }';
    const one = await costOf(place.owner, staff, {});
    for (let count = 0; count < 12; count += 1) await place.hire(count % 2 === 0 ? 'DOCTOR' : 'NURSE');

    const all = await costOf(place.owner, staff, {});
    const nurse = await place.hire('NURSE');
    const sessions = '{ viewer { memberships { id user { id } doctor { id } } sessions { id current userAgent } } }';
    const oneDevice = await statementsOf(() => nurse.client.ask(sessions));
    for (let count = 0; count < 5; count += 1) await signIn(server.url, nurse.email);

    expect([one.rows, all.rows]).toEqual([1, 13]);
    // Nobody is a doctor in the first list, so that it asks for none: three statements less.
    expect(all.statements - one.statements).toBe(3);
    expect(await statementsOf(() => nurse.client.ask(sessions))).toBe(oneDevice);
  });
});

describe('the count', () => {
  it('is two for the services: who asks, and what they are', async () => {
    expect(await costOf(clinic.owner, '{ services { id } }', {})).toEqual({ rows: 1, statements: 2 });
  });
});

describe('a list costs as many statements for a hundred rows as for one', () => {
  it.each(questions)('%s, for the owner', async (_what, document) => {
    await expectSameCost(clinic.owner, document);
  });

  it.each(questions)('%s, for the doctor', async (_what, document) => {
    await expectSameCost(doctor.client, document);
  });

  it('appointments under a filter, in another order', async () => {
    await expectSameCost(
      clinic.owner,
      `query ($first: Int) { appointments(first: $first, filter: { status: [REQUESTED], archived: false, overdue: false },
        orderBy: { field: CREATED_AT, direction: ASC }) ${connection(appointment)} }`,
    );
  });

  it('messages with what they are about', async () => {
    await expectSameCost(
      doctor.client,
      `query ($first: Int) { notifications(first: $first) ${connection(
        `${message} patient { ${person} allergies medicalHistory } appointment { ${appointment} }`,
      )} }`,
    );
  });

  it('patients with their clinical part', async () => {
    await expectSameCost(
      doctor.client,
      `query ($first: Int) { patients(first: $first) ${connection(`${person} allergies medicalHistory`)} }`,
    );
  });

  it('the audit trail, and who opened each of many records', async () => {
    await expectSameCost(
      clinic.owner,
      `query ($first: Int) { auditLog(first: $first, filter: { action: "create" }) ${connection(
        'id at actor { id name } actorName role action subjectId changes ipAddress',
      )} }`,
    );
    await expectSameCost(
      clinic.owner,
      `query ($first: Int) { patients(first: $first) ${connection(
        `id accessLog(first: 3) ${connection('id at actor { id name } action')}`,
      )} }`,
    );
  });

  it('objects by their ids', async () => {
    const document = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Appointment { ${appointment} } } }`;

    const one = await costOf(clinic.owner, document, { ids: appointmentIds.slice(0, 1) });
    const all = await costOf(clinic.owner, document, { ids: appointmentIds });

    expect(all).toEqual({ rows: many, statements: one.statements });
  });

  it('one list under several aliases costs one more each', async () => {
    const list = 'appointments(first: 2) { nodes { id } }';

    const one = await costOf(clinic.owner, `{ doctors { one: ${list} } }`, {});
    const three = await costOf(
      clinic.owner,
      `{ doctors { one: ${list} two: appointments(first: 3) { nodes { id } } three: appointments(last: 2) { nodes { id } } } }`,
      {},
    );

    expect(three.statements).toBe(one.statements + 2);
  });

  it('examples of what another time zone would mean', async () => {
    const document = `{ timeZoneChange(timeZone: "Asia/Tokyo") { upcomingCount outsideHoursCount examples { timeAfter appointment { ${appointment} } } } }`;
    const quiet = await aClinic(server);
    const one = await quiet.hire('DOCTOR');
    const input = {
      patientId: await quiet.aPatient(),
      doctorId: one.doctorId,
      serviceId: quiet.serviceId,
      startsAt: '2030-03-05T01:00:00.000Z',
    };
    await quiet.owner.ask(appointmentMutations.book, { input });

    const few = await statementsOf(() => quiet.owner.ask(document));

    expect(few).toBeGreaterThan(3);
    expect(await statementsOf(() => clinic.owner.ask(document))).toBe(few);
  });

  it('the queue of a day, with patients, places, waits and files, and the waiting room’s screen', async () => {
    const busy = await aClinic(server);
    const [one, nurse] = [await busy.hire('DOCTOR'), await busy.hire('NURSE')];
    const document = `{ queue { estimatedWaitMinutes waiting { id queueNumber queuePosition estimatedWaitMinutes allowedActions vitals { pulse } attachments { id uploadedBy { name } } prescriptions { id }
      patient { ${person} attachments(first: 2) ${connection('id url visit { id }')} visits(first: 2) ${connection('id status')} } doctor { name } service { name } appointment { status visit { id } prescriptions { id } } } } }`;
    await aVisit(busy, nurse, { doctorId: one.doctorId });
    const few = await statementsOf(() => nurse.client.ask(document));
    const { openWaitingBoard } = await nurse.client.ask('mutation { openWaitingBoard }');
    const token = new URL(openWaitingBoard).hash.slice(1);
    const look = () =>
      new TestClient(server.url).ask(
        'query ($token: String!) { waitingBoard(token: $token) { entries { queueNumber doctorName estimatedWaitMinutes } } }',
        { token },
      );
    const shown = await statementsOf(() => look());
    await inTurns(30, () => aVisit(busy, nurse, { doctorId: one.doctorId }));

    expect(few).toBeGreaterThan(5);
    expect(await statementsOf(() => nurse.client.ask(document))).toBe(few);
    expect(await statementsOf(() => look())).toBe(shown);
  });

  it('doctors with their hours, services and appointments', async () => {
    const document = `{ doctors { id name schedule { weekday startsAt } timeOff { reason } services { ${service} }
      sharePercent appointments(first: 2) ${connection(appointment)} } }`;
    const one = await costOf(clinic.owner, document, {});
    const system = new Ctx(server.runtime, noCaller, null).asSystem({ clinicId: clinic.id, clockOffsetMs: 0 });
    let count = 0;
    await inTurns(many, () => addDoctorProfile(system, `Dr. ${String((count += 1)).padStart(3, '0')}`, null));

    const all = await costOf(clinic.owner, document, {});

    expect(one.rows).toBe(1);
    expect(all).toEqual({ rows: many + 1, statements: one.statements });
  });

  it("a clinic's public page, for as many doctors as there are", async () => {
    const document =
      'query ($slug: String!) { publicClinic(slug: $slug) { name services { name price { amount } } doctors { name serviceIds } } }';
    const anyone = new TestClient(server.url);
    const small = await aClinic(server);

    const few = await statementsOf(() => anyone.ask(document, { slug: small.slug }));
    const all = await statementsOf(() => anyone.ask(document, { slug: clinic.slug }));

    expect(few).toBeLessThanOrEqual(6);
    expect(all).toBeLessThanOrEqual(6);
  });
});
