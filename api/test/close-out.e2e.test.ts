import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runDue } from '../src/app/due-running.service.ts';
import { aBill, aSeenPatient, billOperations as bills } from './support/bills.ts';
import { aClinic, appointmentMutations, signIn, type TestClinic, type TestMember } from './support/clinic.ts';
import type { Json } from './support/client.ts';
import { query } from './support/database.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './support/server.ts';
import { aVisit, codes, step } from './support/visits.ts';

const dayMs = 24 * 60 * 60_000;

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;
let desk: TestMember;
let patient: TestMember;

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
  [doctor, desk, patient] = [await clinic.hire('DOCTOR'), await clinic.hire('RECEPTIONIST'), await clinic.enrol()];
});

afterAll(() => server.stop());

const close = (who: { client: TestMember['client'] }, id: string) => step(who, bills.treat, { id });
const told = (type: string, appointmentId: string): Promise<Json[]> =>
  query(
    server.database.adminUrl,
    'select recipient_user_id as "userId", body from notification where type = $1 and appointment_id = $2 order by created_at',
    [type, appointmentId],
  );
const canClose = async (id: string) => {
  const { appointment, appointments } = await doctor.client.ask(
    'query ($id: ID!) { appointment(id: $id) { allowedActions } appointments(filter: { readyToClose: true }) { nodes { id } } }',
    { id },
  );
  const isListed = appointments.nodes.some((node: Json) => node.id === id);
  return [appointment.allowedActions.includes('MARK_TREATED'), isListed];
};

describe('closing a treatment after payment', () => {
  it('waits for the visit, then for the bill, then tells the patient', async () => {
    const visitId = await aVisit(clinic, desk, { doctorId: doctor.doctorId });
    const { visit } = await doctor.client.ask('query ($id: ID!) { visit(id: $id) { appointment { id } } }', {
      id: visitId,
    });
    const early = await close(doctor, visit.appointment.id);
    await step(desk, 'mutation ($id: ID!) { answer: markLeft(visitId: $id) { userErrors { code } } }', { id: visitId });

    const id = await aSeenPatient(clinic, doctor, patient.patientId);
    const { id: billId } = await aBill(doctor, id);
    const unpaid = await close(doctor, id);
    const before = await canClose(id);
    await step(desk, bills.pay, { input: { billId, method: 'CASH' } });
    const after = await canClose(id);
    const done = await close(doctor, id);

    expect(codes(early)).toEqual(['INVALID_TRANSITION']);
    expect(codes(unpaid)).toEqual(['BILL_UNPAID']);
    expect([before, after]).toEqual([
      [false, false],
      [true, true],
    ]);
    expect(done.appointment.status).toBe('TREATED');
    expect(await told('TREATMENT_COMPLETED', id)).toEqual([
      { userId: patient.userId, body: expect.stringContaining('is completed') },
    ]);
    expect(codes(await close(doctor, id))).toEqual(['INVALID_TRANSITION']);
  });

  it('is possible without a bill, and once it is void', async () => {
    const free = await aSeenPatient(clinic, doctor);
    const wrong = await aSeenPatient(clinic, doctor);
    const { id: billId } = await aBill(desk, wrong);
    await step({ client: clinic.owner }, bills.void, { id: billId, reason: 'Free of charge' });

    expect((await close(doctor, free)).appointment.status).toBe('TREATED');
    expect((await close(doctor, wrong)).appointment.status).toBe('TREATED');
  });

  it('is the treating doctor’s alone', async () => {
    const colleague = await clinic.hire('DOCTOR');
    const id = await aSeenPatient(clinic, doctor);

    const refusals = await Promise.all(
      [colleague, desk, { client: clinic.owner }, patient].map(async (who) => {
        const { errors } = await who.client.send(bills.treat, { id });
        return errors?.[0]?.extensions.code;
      }),
    );

    expect(refusals).toEqual(['NOT_FOUND', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
    expect(await canClose(id)).toEqual([true, true]);
  });

  it('twice at once happens once', async () => {
    const id = await aSeenPatient(clinic, doctor);

    const answers = await Promise.all([1, 2, 3].map(() => close(doctor, id)));

    expect(answers.map(codes).filter((each) => each.length === 0)).toHaveLength(1);
    expect(await told('TREATMENT_COMPLETED', id)).toHaveLength(1);
  });
});

describe('closing a treatment on completion', () => {
  it('happens by itself, whatever is still owed', async () => {
    const policy = (value: string) =>
      clinic.owner.ask(`mutation { updateClinic(input: { closeOutPolicy: ${value} }) { userErrors { code } } }`);
    await policy('ON_CONSULTATION_COMPLETED');
    const id = await aSeenPatient(clinic, doctor, patient.patientId);
    await policy('AFTER_PAYMENT');

    const { appointment } = await doctor.client.ask('query ($id: ID!) { appointment(id: $id) { status archived } }', {
      id,
    });
    expect(appointment).toEqual({ status: 'TREATED', archived: true });
    expect(await told('TREATMENT_COMPLETED', id)).toHaveLength(1);
    expect(await aBill(desk, id)).toMatchObject({ status: 'PENDING' });
  });
});

describe('a day to come again', () => {
  it('is reminded of a week before, once, and not where something is booked', async () => {
    server.clock.set(mondayMorning);
    const careless = await aSeenPatient(clinic, doctor, patient.patientId, '2030-03-25');
    const careful = await clinic.enrol();
    const booked = await aSeenPatient(clinic, doctor, careful.patientId, '2030-03-25');
    const input = { patientId: careful.patientId, doctorId: doctor.doctorId, serviceId: clinic.serviceId };
    await step(desk, appointmentMutations.book, { input: { ...input, startsAt: '2030-03-26T01:00:00Z' } });
    const counts: number[] = [];

    for (const at of ['2030-03-18T00:59:00Z', '2030-03-18T01:00:00Z', '2030-03-25T01:00:00Z']) {
      server.clock.set(new Date(at));
      await runDue(server.runtime, { clinicId: clinic.id, clockOffsetMs: 0 });
      counts.push((await told('FOLLOW_UP_DUE', careless)).length);
    }

    expect(counts).toEqual([0, 1, 1]);
    expect(await told('FOLLOW_UP_DUE', booked)).toEqual([]);
    expect((await told('FOLLOW_UP_DUE', careless))[0]).toEqual({
      userId: patient.userId,
      body: expect.stringContaining('Mon, March 25, 2030'),
    });
    server.clock.set(mondayMorning);
  });
});

describe('an unpaid bill', () => {
  it('is reminded of after three days, then weekly, three times at most, and not once it is paid', async () => {
    const owing = await aSeenPatient(clinic, doctor, patient.patientId);
    const paying = await aSeenPatient(clinic, doctor, patient.patientId);
    await aBill(desk, owing, { amount: '750' });
    const { id: billId } = await aBill(desk, paying);
    const counts: number[][] = [];

    for (const days of [2, 3, 9, 10, 17, 24, 31]) {
      server.clock.set(new Date(mondayMorning.getTime() + days * dayMs + 60_000));
      await runDue(server.runtime, { clinicId: clinic.id, clockOffsetMs: 0 });
      counts.push([(await told('PAYMENT_REMINDER', owing)).length, (await told('PAYMENT_REMINDER', paying)).length]);
      // Three days later everybody has to sign in again.
      if (days === 3)
        await step({ client: await signIn(server.url, desk.email) }, bills.pay, { input: { billId, method: 'CARD' } });
    }

    expect(counts).toEqual([
      [0, 0],
      [1, 1],
      [1, 1],
      [2, 1],
      [3, 1],
      [3, 1],
      [3, 1],
    ]);
    expect((await told('PAYMENT_REMINDER', owing))[0]?.body).toContain('₱750.00');
  });
});
