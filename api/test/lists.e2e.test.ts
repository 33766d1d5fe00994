import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClinic, appointmentMutations, type TestClinic, type TestMember } from './support/clinic.ts';
import { query } from './support/database.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

const minuteMs = 60_000;
const total = 60;

let server: TestServerHandle;
let clinic: TestClinic;
let doctors: TestMember[];

/** Sixty appointments of two doctors and two patients: starts come in pairs, and creation times in tens. */
beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
  doctors = [await clinic.hire('DOCTOR'), await clinic.hire('DOCTOR')];
  const patientIds = [await clinic.aPatient(), await clinic.aPatient()];
  for (let count = 0; count < total; count += 1) {
    if (count % 10 === 0) server.clock.advance(1_000);
    const slot = Math.floor(count / 2);
    const start =
      Date.parse('2030-03-05T01:00:00Z') + (slot % 15) * 30 * minuteMs + Math.floor(slot / 15) * 24 * 60 * minuteMs;
    const input = {
      patientId: patientIds[count % 2],
      doctorId: doctors[count % 2]?.doctorId,
      serviceId: clinic.serviceId,
      startsAt: new Date(start).toISOString(),
    };
    const { answer } = await clinic.owner.ask(appointmentMutations.book, { input });
    if (answer.appointment === null) throw new Error(JSON.stringify(answer.userErrors));
  }
});

afterAll(() => server.stop());

const listQuery = `query ($first: Int, $after: String, $last: Int, $before: String, $orderBy: AppointmentOrder) {
  appointments(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy) {
    totalCount nodes { id } edges { cursor node { id } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

interface Page {
  ids: string[];
  totalCount: number;
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  startCursor: string | null;
  endCursor: string | null;
}

async function page(variables: Record<string, unknown>): Promise<Page> {
  const { appointments } = await clinic.owner.ask(listQuery, variables);
  const { nodes, edges, pageInfo, totalCount } = appointments;
  const ids: string[] = nodes.map((node: { id: string }) => node.id);
  expect(edges.map((edge: { node: { id: string } }) => edge.node.id)).toEqual(ids);
  expect(pageInfo.startCursor).toBe(edges.at(0)?.cursor ?? null);
  expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor ?? null);
  return { ids, totalCount, ...pageInfo };
}

const orders = [
  ['STARTS_AT', 'ASC', 'starts_at, id'],
  ['STARTS_AT', 'DESC', 'starts_at desc, id desc'],
  ['CREATED_AT', 'ASC', 'created_at, id'],
  ['CREATED_AT', 'DESC', 'created_at desc, id desc'],
] as const;

async function inDatabase(order: string): Promise<string[]> {
  const rows = await query<{ id: string }>(server.database.adminUrl, `select id from appointment order by ${order}`);
  return rows.map(({ id }) => id);
}

describe('a list', () => {
  it.each(orders)('by %s %s is read forwards without a gap or a double', async (field, direction, order) => {
    const pages: Page[] = [];
    let after: string | null = null;
    do {
      const next: Page = await page({ first: 7, after, orderBy: { field, direction } });
      pages.push(next);
      after = next.hasNextPage ? next.endCursor : null;
    } while (after !== null);

    expect(pages.flatMap(({ ids }) => ids)).toEqual(await inDatabase(order));
    expect(pages.map(({ ids }) => ids.length)).toEqual([7, 7, 7, 7, 7, 7, 7, 7, 4]);
    expect(pages.map(({ hasPreviousPage }) => hasPreviousPage)).toEqual([false, ...Array(8).fill(true)]);
    expect(new Set(pages.map(({ totalCount }) => totalCount))).toEqual(new Set([total]));
  });

  it.each(orders)('by %s %s is read backwards without a gap or a double', async (field, direction, order) => {
    const pages: Page[] = [];
    let before: string | null = null;
    do {
      const next: Page = await page({ last: 7, before, orderBy: { field, direction } });
      pages.unshift(next);
      before = next.hasPreviousPage ? next.startCursor : null;
    } while (before !== null);

    expect(pages.flatMap(({ ids }) => ids)).toEqual(await inDatabase(order));
    expect(pages.map(({ ids }) => ids.length)).toEqual([4, 7, 7, 7, 7, 7, 7, 7, 7]);
    expect(pages.map(({ hasNextPage }) => hasNextPage)).toEqual([...Array(8).fill(true), false]);
  });

  it('has the latest start first and 25 rows unless asked otherwise', async () => {
    const { ids } = await page({});

    expect(ids).toEqual((await inDatabase('starts_at desc, id desc')).slice(0, 25));
  });

  it('ends exactly where a full page ends', async () => {
    const whole = await page({ first: total });

    expect(whole).toMatchObject({ hasNextPage: false, hasPreviousPage: false });
    expect(await page({ first: 5, after: whole.endCursor })).toEqual({
      ids: [],
      totalCount: total,
      hasNextPage: false,
      hasPreviousPage: true,
      startCursor: null,
      endCursor: null,
    });
  });

  it('of no rows still says how many there are', async () => {
    expect(await page({ first: 0 })).toMatchObject({ ids: [], totalCount: total, hasNextPage: true });
  });
});

describe('a list that hangs off a doctor or a patient', () => {
  it('is paged for each parent by itself', async () => {
    const nested = `query ($after: String) { doctors { id appointments(first: 20, after: $after) {
      totalCount nodes { doctor { id } } pageInfo { hasNextPage endCursor } } } }`;

    const { doctors: first } = await clinic.owner.ask(nested);
    const { doctors: second } = await clinic.owner.ask(nested, { after: first[0].appointments.pageInfo.endCursor });

    for (const { id, appointments } of first) {
      expect(appointments.totalCount).toBe(30);
      expect(appointments.nodes).toEqual(Array(20).fill({ doctor: { id } }));
      expect(appointments.pageInfo.hasNextPage).toBe(true);
    }
    expect(second[0].appointments.nodes).toHaveLength(10);
    expect(second[0].appointments.pageInfo.hasNextPage).toBe(false);
  });
});

const cursorOf = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
const anId = '0187a3f2-5c3b-8a01-8e21-0d9a6c1f7b44';
const anInstant = '2030-03-05T01:00:00.000Z';

describe('paging arguments', () => {
  it.each([
    [{ first: 101 }, 'first', 'Ask for 0 to 100 rows at a time.'],
    [{ first: -1 }, 'first', 'Ask for 0 to 100 rows at a time.'],
    [{ last: 101 }, 'last', 'Ask for 0 to 100 rows at a time.'],
    [{ first: 1, last: 1 }, 'last', 'Ask for first or for last, not for both.'],
    [{ after: 'x' }, 'after', 'This cursor is not one of this list.'],
    [{ after: '' }, 'after', 'This cursor is not one of this list.'],
    [{ before: cursorOf('appointment.starts_at', anInstant) }, 'before', 'This cursor is not one of this list.'],
    [{ after: cursorOf('appointment.starts_at', 'soon', anId) }, 'after', 'This cursor is not one of this list.'],
    [
      { after: cursorOf('appointment.starts_at', '2030-02-31T00:00:00.000Z', anId) },
      'after',
      'This cursor is not one of this list.',
    ],
    [
      { after: cursorOf('appointment.starts_at', '0000-01-01T00:00:00.000Z', anId) },
      'after',
      'This cursor is not one of this list.',
    ],
    [{ after: cursorOf('appointment.starts_at', anInstant, 'x') }, 'after', 'This cursor is not one of this list.'],
    [{ after: cursorOf('patient.created_at', anInstant, anId) }, 'after', 'This cursor is not one of this list.'],
  ])('are refused when they are %j, naming the field', async (variables, field, message) => {
    const { data, errors } = await clinic.owner.send(listQuery, variables);

    expect(data).toEqual({ appointments: null });
    expect(errors?.map((error) => [error.message, error.extensions.code, error.extensions.field])).toEqual([
      [message, 'BAD_USER_INPUT', [field]],
    ]);
  });

  it('are refused with the cursor of another list, or of another order', async () => {
    const patients = await clinic.owner.ask('{ patients(first: 1) { pageInfo { endCursor } } }');
    const byStart = await page({ first: 1 });

    const foreign = { after: patients.patients.pageInfo.endCursor };
    const reordered = { after: byStart.endCursor, orderBy: { field: 'CREATED_AT', direction: 'DESC' } };

    expect(await clinic.owner.codeOf(listQuery, foreign)).toBe('BAD_USER_INPUT');
    expect(await clinic.owner.codeOf(listQuery, reordered)).toBe('BAD_USER_INPUT');
  });

  it.each([
    ['patients', '{ patients(first: 101) { totalCount } }', ['patients']],
    ['notifications', '{ notifications(first: 101) { totalCount } }', ['notifications']],
    ['Doctor.appointments', '{ doctors { appointments(first: 101) { totalCount } } }', ['doctors', 0, 'appointments']],
    [
      'Appointment.notifications',
      '{ appointments(first: 1) { nodes { notifications(first: 101) { totalCount } } } }',
      ['appointments', 'nodes', 0, 'notifications'],
    ],
  ])('are held to the same limit by %s', async (_list, document, path) => {
    const { errors } = await clinic.owner.send(document);

    expect(errors?.[0]?.path).toEqual(path);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: ['first'] });
  });
});

describe('a list that grows while it is read', () => {
  it('goes on from where it was: nothing twice, nothing left out', async () => {
    const orderBy = { field: 'STARTS_AT', direction: 'ASC' };
    const first = await page({ first: 10, orderBy });
    const input = {
      patientId: await clinic.aPatient(),
      doctorId: doctors[0]?.doctorId,
      serviceId: clinic.serviceId,
      startsAt: '2030-03-04T03:00:00.000Z',
    };
    const { answer } = await clinic.owner.ask(appointmentMutations.book, { input });

    const second = await page({ first: 10, after: first.endCursor, orderBy });

    const others = (await inDatabase('starts_at, id')).filter((id) => id !== answer.appointment.id);
    expect([...first.ids, ...second.ids]).toEqual(others.slice(0, 20));
  });
});
