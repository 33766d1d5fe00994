import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClinic, appointmentMutations, type TestClinic } from './support/clinic.ts';
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

const fields = 'id name durationMinutes price { amount currency } taxPercent archived';
const updateService = `mutation ($input: UpdateServiceInput!) {
  updateService(input: $input) { service { ${fields} } userErrors { code message field } } }`;
const createService = `mutation ($input: CreateServiceInput!) {
  createService(input: $input) { service { ${fields} } userErrors { code message field } } }`;

const aService = async (changes: Record<string, unknown> = {}, of: TestClinic = clinic) =>
  (
    await of.owner.ask(createService, {
      input: { name: 'Eye test', durationMinutes: 20, price: '450.00', ...changes },
    })
  ).createService.service;

const update = async (client: TestClient, input: Record<string, unknown>) =>
  (await client.ask(updateService, { input })).updateService;

const named = async (includeArchived: boolean, of: TestClinic = clinic) =>
  (
    await of.owner.ask('query ($all: Boolean) { services(includeArchived: $all) { id archived } }', {
      all: includeArchived,
    })
  ).services;

describe('changing a service', () => {
  it('changes what is given and keeps the rest', async () => {
    const { id } = await aService({ taxPercent: '5' });

    const renamed = await update(clinic.owner, { serviceId: id, name: 'Eye test, long', durationMinutes: 40 });
    const priced = await update(clinic.owner, { serviceId: id, price: '500.5', taxPercent: null });

    expect(renamed.service).toMatchObject({ name: 'Eye test, long', price: { amount: '450.00' }, taxPercent: '5.00' });
    expect(priced).toEqual({
      service: {
        id,
        name: 'Eye test, long',
        durationMinutes: 40,
        price: { amount: '500.50', currency: 'PHP' },
        taxPercent: null,
        archived: false,
      },
      userErrors: [],
    });
  });

  it("reads a price by the currency's own decimals", async () => {
    const yen = await aClinic(server, { currency: 'JPY' });
    const dinar = await aClinic(server, { currency: 'KWD' });
    const inYen = { serviceId: (await aService({ price: '500' }, yen)).id };
    const inDinar = { serviceId: (await aService({ price: '5.125' }, dinar)).id };

    expect((await update(yen.owner, { ...inYen, price: '0.5' })).userErrors).toEqual([
      { code: 'INVALID_INPUT', message: 'Enter a price of zero or more with at most 0 decimals.', field: ['price'] },
    ]);
    expect((await update(dinar.owner, { ...inDinar, price: '7.001' })).service.price.amount).toBe('7.001');
  });

  it('names every field that breaks a rule and changes nothing', async () => {
    const before = await aService();

    const answer = await update(clinic.owner, {
      serviceId: before.id,
      name: 'n'.repeat(10_000),
      durationMinutes: 4,
      taxPercent: '101',
      archived: null,
    });

    expect(answer.service).toBeNull();
    expect(answer.userErrors).toEqual([
      { code: 'INVALID_INPUT', message: 'Use at most 120 characters for the name.', field: ['name'] },
      { code: 'INVALID_INPUT', message: 'A service takes at least 5 minutes.', field: ['durationMinutes'] },
      { code: 'INVALID_INPUT', message: 'Enter a tax of 0 to 100 percent.', field: ['taxPercent'] },
      { code: 'INVALID_INPUT', message: 'Say whether the service is archived.', field: ['archived'] },
    ]);
    const { node } = await clinic.owner.ask(`query ($id: ID!) { node(id: $id) { ... on Service { ${fields} } } }`, {
      id: before.id,
    });
    expect(node).toEqual(before);
  });

  it('keeps both of two changes that come at once, and writes each down', async () => {
    const { id } = await aService();

    await Promise.all([
      update(clinic.owner, { serviceId: id, name: 'Renamed' }),
      update(clinic.owner, { serviceId: id, price: '1.00' }),
    ]);

    const [service] = (await clinic.owner.ask(`{ services { ${fields} } }`)).services.filter(
      (each: { id: string }) => each.id === id,
    );
    expect(service).toMatchObject({ name: 'Renamed', price: { amount: '1.00' } });
    const notes = await query<{ changes: object }>(
      server.database.adminUrl,
      `select changes from audit_entry where subject_id = $1 and action = 'service.update'`,
      [id],
    );
    expect(notes.map((note) => note.changes)).toEqual(
      expect.arrayContaining([{ name: ['Eye test', 'Renamed'] }, { priceMinor: [45_000, 100] }]),
    );
  });

  it.each(['DOCTOR', 'NURSE', 'RECEPTIONIST'] as const)("is not a %s's to do", async (role) => {
    const { id } = await aService();
    const { client } = await clinic.hire(role);

    expect(await client.codeOf(updateService, { input: { serviceId: id, archived: true } })).toBe('FORBIDDEN');
    expect(await named(false)).toContainEqual({ id, archived: false });
  });

  it("is not a patient's, a stranger's or another clinic's", async () => {
    const { id } = await aService();
    const other = await aClinic(server);
    const input = { serviceId: id, archived: true };

    expect(await (await clinic.enrol()).client.codeOf(updateService, { input })).toBe('FORBIDDEN');
    expect(await new TestClient(server.url).codeOf(updateService, { input })).toBe('UNAUTHENTICATED');
    expect(await other.owner.codeOf(updateService, { input })).toBe('NOT_FOUND');
    expect(await named(false)).toContainEqual({ id, archived: false });
  });

  it('is an admin’s as well; an id of another kind is malformed', async () => {
    const { id } = await aService();
    const { client } = await clinic.hire('ADMIN');

    expect((await update(client, { serviceId: id, price: '0' })).service.price.amount).toBe('0.00');
    expect(await client.codeOf(updateService, { input: { serviceId: clinic.id, price: '0' } })).toBe('BAD_USER_INPUT');
  });
});

describe('an archived service', () => {
  it('is off the list until it is restored, twice the same', async () => {
    const { id } = await aService();

    for (let time = 1; time <= 2; time += 1) {
      const { service } = await update(clinic.owner, { serviceId: id, archived: true });
      expect(service.archived).toBe(true);
      expect(await named(false)).not.toContainEqual(expect.objectContaining({ id }));
      expect(await named(true)).toContainEqual({ id, archived: true });
    }
    for (let time = 1; time <= 2; time += 1) {
      expect((await update(clinic.owner, { serviceId: id, archived: false })).service.archived).toBe(false);
    }
    expect(await named(false)).toContainEqual({ id, archived: false });
  });

  it('stays on old records and refuses new bookings, saying why', async () => {
    const doctor = await clinic.hire('DOCTOR');
    const { id: serviceId } = await aService({ name: 'Old test' });
    const patient = await clinic.enrol();
    const input = { doctorId: doctor.doctorId, serviceId, startsAt: '2030-03-05T02:00:00Z' };
    const { answer: asked } = await patient.client.ask(appointmentMutations.request, { input });

    await update(clinic.owner, { serviceId, archived: true });
    const refused = { code: 'INVALID_INPUT', message: 'The clinic no longer offers Old test. Choose another service.' };
    const again = await patient.client.ask(appointmentMutations.request, {
      input: { ...input, startsAt: '2030-03-05T03:00:00Z' },
    });
    const booked = await clinic.owner.ask(appointmentMutations.book, {
      input: { ...input, startsAt: '2030-03-05T03:00:00Z', patientId: patient.patientId },
    });

    expect(again.answer.userErrors).toEqual([{ ...refused, field: ['serviceId'] }]);
    expect(booked.answer.userErrors).toEqual([{ ...refused, field: ['serviceId'] }]);
    const { appointment } = await patient.client.ask(
      'query ($id: ID!) { appointment(id: $id) { service { name archived } } }',
      { id: asked.appointment.id },
    );
    expect(appointment.service).toEqual({ name: 'Old test', archived: true });
  });

  it('has no free slots', async () => {
    const doctor = await clinic.hire('DOCTOR');
    const { id } = await aService();
    const slots = `query ($s: ID!, $d: ID) { availableSlots(serviceId: $s, doctorId: $d, from: "2030-03-05", to: "2030-03-05", first: 1) { startsAt } }`;
    const before = await clinic.owner.ask(slots, { s: id, d: doctor.doctorId });

    await update(clinic.owner, { serviceId: id, archived: true });

    expect(before.availableSlots).toHaveLength(1);
    expect((await clinic.owner.ask(slots, { s: id, d: doctor.doctorId })).availableSlots).toEqual([]);
  });
});
