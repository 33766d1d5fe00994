import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { appointmentMutations } from './support/clinic.ts';
import { settled, type Json, type TestClient } from './support/client.ts';
import { query } from './support/database.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';
import { at, offered, waitlistMutations, WaitingRoom } from './support/waitlist.ts';

let server: TestServerHandle;
let room: WaitingRoom;

/** With a worker, as it runs: what falls due is run by itself, and here besides so that no test has to wait for it. */
beforeAll(async () => {
  server = await startTestServer({ role: 'all', idleMinutes: 0 });
});
beforeEach(async () => {
  room = await WaitingRoom.open(server);
});
afterAll(() => server.stop());

describe('a slot that opens', () => {
  it('is offered within two seconds of a cancellation, told in the app and by e-mail, and held like an appointment', async () => {
    const patient = await room.clinic.enrol({ firstName: 'Maria' });
    const appointmentId = await room.book('10:00');
    const id = await room.waits({ patientId: patient.patientId });
    const told = patient.client.watch('subscription { notificationReceived { notification { type title body } } }');
    await settled();

    const startedAt = performance.now();
    await room.cancel(appointmentId);
    const [update] = await told.until(1);
    const tookMs = performance.now() - startedAt;

    expect(tookMs).toBeLessThan(2_000);
    expect(update.notificationReceived.notification).toEqual({
      type: 'WAITLIST_OFFER',
      title: 'A time has opened for you',
      body: 'Consultation: Dr. Ana Reyes at Test Clinic can see you on Tue, March 5, 2030 at 10:00 AM GMT+8. It is held for you until Mon, March 4, 2030 at 9:30 AM GMT+8: sign in to accept it.',
    });
    expect(await room.entry(id)).toMatchObject({
      status: 'OFFERED',
      offer: { doctorId: room.doctor.doctorId, startsAt: at('10:00'), endsAt: at('10:30') },
      offerExpiresAt: '2030-03-04T01:30:00.001Z',
    });
    const deliveries = await query(
      server.database.adminUrl,
      `select channel from delivery d join notification n on n.id = d.notification_id where n.clinic_id = $1
         and n.type = 'WAITLIST_OFFER' order by channel`,
      [room.clinic.id],
    );
    expect(deliveries).toEqual([{ channel: 'EMAIL' }, { channel: 'IN_APP' }]);
    await told.stop();
  });

  it('is nobody else’s while it is on offer: no free slot, no booking, and none past the database either', async () => {
    const patientId = await room.clinic.aPatient();
    const appointmentId = await room.book('10:00');
    await room.waits({ patientId: patientId });
    await room.cancel(appointmentId);
    await room.settle();

    const { availableSlots } = await room.clinic.owner.ask(
      `{ availableSlots(serviceId: "${room.clinic.serviceId}", from: "2030-03-05", to: "2030-03-05") { startsAt } }`,
    );
    const input = {
      patientId: await room.clinic.aPatient(),
      doctorId: room.doctor.doctorId,
      serviceId: room.clinic.serviceId,
    };
    const { answer } = await room.clinic.owner.ask(appointmentMutations.book, {
      input: { ...input, startsAt: at('10:00') },
    });
    const past = query(
      server.database.adminUrl,
      `insert into appointment select $1, clinic_id, doctor_id, patient_id, service_id, 'APPROVED', source, starts_at, ends_at,
         reason, note, overbook_reason, true, confirmed_by_patient_at, created_at, updated_at, 1 from appointment where id = $2`,
      [randomUUID(), appointmentId],
    );

    expect(availableSlots.map(({ startsAt }: Json) => startsAt)).not.toContain(at('10:00'));
    expect(answer.userErrors).toMatchObject([{ code: 'SLOT_TAKEN' }]);
    expect(answer.alternativeSlots).toHaveLength(3);
    await expect(past).rejects.toMatchObject({ constraint: 'held_time_doctor_overlap' });
  });

  it('goes to the first in the queue whom it fits', async () => {
    const colleague = await room.clinic.hire('DOCTOR');
    const [longService, otherService] = [await room.aService(45), await room.aService(30)];
    await room.clinic.owner.ask(
      'mutation ($input: UpdateDoctorInput!) { updateDoctor(input: $input) { userErrors { code } } }',
      { input: { doctorId: room.doctor.doctorId, serviceIds: [room.clinic.serviceId, longService] } },
    );
    await room.book('09:30');
    const opening = await room.book('10:00');
    await room.book('10:30');
    const busy = await room.clinic.aPatient();
    await room.book('10:00', { doctorId: colleague.doctorId, patientId: busy });
    const misfits = [
      await room.waits({ patientId: busy }),
      await room.waits({ doctorId: colleague.doctorId }),
      await room.waits({ earliest: '2030-03-06', latest: '2030-03-08' }),
      await room.waits({ serviceId: longService }),
      await room.waits({ serviceId: otherService }),
    ];
    const first = await room.waits({ earliest: '2030-03-04' });
    const second = await room.waits({ doctorId: room.doctor.doctorId });

    await room.cancel(opening);
    await room.settle();

    expect(await room.statesOf(misfits)).toEqual(misfits.map(() => 'WAITING'));
    expect([await room.stateOf(first), await room.stateOf(second)]).toEqual([offered('10:00'), 'WAITING']);
  });

  it('opens when an appointment moves away, when time off is taken back, and when a doctor works more', async () => {
    const moving = await room.book('10:00');
    const first = await room.waits();
    await room.clinic.owner.ask(
      'mutation ($input: RescheduleAppointmentInput!) { rescheduleAppointment(input: $input) { userErrors { code } } }',
      { input: { appointmentId: moving, startsAt: at('16:00') } },
    );
    await room.settle();
    const moved = await room.stateOf(first);

    const off = { doctorId: room.doctor.doctorId, startsAt: '2030-03-06T00:00:00Z', endsAt: '2030-03-06T16:00:00Z' };
    const { addTimeOff } = await room.clinic.owner.ask(
      'mutation ($input: AddTimeOffInput!) { addTimeOff(input: $input) { timeOff { id } } }',
      { input: off },
    );
    const wednesday = { earliest: '2030-03-06', latest: '2030-03-06' };
    const pair = [await room.waits(wednesday), await room.waits(wednesday)];
    await room.clinic.owner.ask('mutation ($id: ID!) { removeTimeOff(id: $id) { userErrors { code } } }', {
      id: addTimeOff.timeOff.id,
    });
    await room.settle();

    const sunday = { earliest: '2030-03-10', latest: '2030-03-10' };
    const schedule = (weekday: string) => ({
      doctorId: room.doctor.doctorId,
      blocks: [{ weekday, startsAt: '08:00', endsAt: '09:00', slotMinutes: 30 }],
    });
    const set = (weekday: string) =>
      room.clinic.owner.ask(
        'mutation ($input: SetScheduleInput!) { setSchedule(input: $input) { userErrors { code } } }',
        {
          input: schedule(weekday),
        },
      );
    await set('MONDAY');
    const last = await room.waits(sunday);
    await set('SUNDAY');
    await room.settle();

    expect(moved).toBe(offered('10:00'));
    expect(await room.statesOf(pair)).toEqual(['OFFERED 2030-03-06T01:00:00.000Z', 'OFFERED 2030-03-06T01:30:00.000Z']);
    expect(await room.stateOf(last)).toBe('OFFERED 2030-03-10T00:00:00.000Z');
  });
});

describe('the waitlist', () => {
  it('is joined once for the same, from today on, and by nobody for somebody else', async () => {
    const patient = await room.clinic.enrol();
    const other = await room.clinic.aPatient();
    const wrong = async (changes: Record<string, unknown>) =>
      (await room.join(patient.patientId, changes)).userErrors.map(({ code, field }: Json) => `${code} ${field}`);

    const results = [
      await wrong({}),
      await wrong({}),
      await wrong({ doctorId: room.doctor.doctorId }),
      await wrong({ latest: '2030-03-03' }),
      await wrong({ earliest: '2030-03-06' }),
      await wrong({ latest: '2031-03-06' }),
    ];
    const [both] = await Promise.all([0, 1].map(() => room.join(other))).then((answers) => [
      answers.flatMap(({ userErrors }) => userErrors.map(({ code }: Json) => code)),
    ]);
    const joinFor = (client: TestClient, patientId: string) =>
      client.codeOf(waitlistMutations.join, {
        input: { patientId, serviceId: room.clinic.serviceId, earliest: '2030-03-05', latest: '2030-03-05' },
      });

    expect(results).toEqual([
      [],
      ['ALREADY_EXISTS null'],
      [],
      ['INVALID_INPUT latest'],
      ['INVALID_INPUT latest'],
      ['INVALID_INPUT latest'],
    ]);
    expect(both).toEqual(['ALREADY_EXISTS']);
    expect(await joinFor(patient.client, other)).toBe('NOT_FOUND');
    expect(await joinFor(room.doctor.client, other)).toBe('FORBIDDEN');
  });

  it('shows the front desk everybody in order, a patient their own, and doctors and nurses nothing', async () => {
    const [patient, neighbour] = [await room.clinic.enrol(), await room.clinic.enrol()];
    const nurse = await room.clinic.hire('NURSE');
    const colleague = await room.clinic.hire('DOCTOR');
    const [one, two] = [
      await room.waits({ patientId: patient.patientId }),
      await room.waits({ patientId: neighbour.patientId, doctorId: room.doctor.doctorId }),
    ];
    const list = '{ waitlist { id } }';

    const all = await room.clinic.owner.ask(list);
    const ofColleague = await room.clinic.owner.ask(`{ waitlist(doctorId: "${colleague.doctorId}") { id } }`);

    expect(all.waitlist).toEqual([{ id: one }, { id: two }]);
    expect(ofColleague.waitlist).toEqual([{ id: one }]);
    expect((await neighbour.client.ask(list)).waitlist).toEqual([{ id: two }]);
    expect([await room.doctor.client.codeOf(list), await nurse.client.codeOf(list)]).toEqual([
      'FORBIDDEN',
      'FORBIDDEN',
    ]);
    expect(await neighbour.client.codeOf(waitlistMutations.leave, { id: one })).toBe('NOT_FOUND');
    expect(await room.stateOf(one)).toBe('WAITING');
  });

  it('moves along when two records become one, without a place twice, and gives a running offer back', async () => {
    const [keepId, mergeId] = [await room.clinic.aPatient(), await room.clinic.aPatient()];
    const opening = await room.book('10:00');
    const offeredId = await room.waits({ patientId: mergeId });
    const kept = await room.waits({ patientId: keepId });
    const other = await room.waits({
      patientId: mergeId,
      doctorId: room.doctor.doctorId,
      earliest: '2030-03-07',
      latest: '2030-03-08',
    });
    await room.cancel(opening);
    await room.settle();
    const before = await room.stateOf(offeredId);

    const { mergePatients } = await room.clinic.owner.ask(
      'mutation ($input: MergePatientsInput!) { mergePatients(input: $input) { userErrors { message } } }',
      { input: { keepId, mergeId } },
    );
    await room.settle();

    expect([before, mergePatients.userErrors]).toEqual([offered('10:00'), []]);
    expect([await room.stateOf(offeredId), await room.stateOf(kept), await room.stateOf(other)]).toEqual([
      'LEFT',
      offered('10:00'),
      'WAITING',
    ]);
    expect((await room.entry(other)).patient).toEqual({ id: keepId });
  });
});
