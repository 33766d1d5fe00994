import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addedBy, auditOperations as ask } from './support/audit.ts';
import { aClinic, appointmentMutations, signIn, type TestClinic, type TestMember } from './support/clinic.ts';
import type { Json } from './support/client.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

const hourMs = 60 * 60 * 1_000;

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;
let colleague: TestMember;

beforeAll(async () => {
  server = await startTestServer();
});

beforeEach(async () => {
  clinic = await aClinic(server);
  [doctor, colleague] = [await clinic.hire('DOCTOR', 'Dr Rao'), await clinic.hire('DOCTOR', 'Dr Cruz')];
});

afterAll(() => server.stop());

/** Time passes, and the doctor signs in again: nobody stays signed in for an hour without doing anything. */
async function later(milliseconds: number): Promise<void> {
  server.clock.advance(milliseconds);
  doctor.client = await signIn(server.url, doctor.email);
}

const reason = 'Unconscious in the waiting room';

/** A patient of a colleague, with something clinical to see. */
async function aStranger(): Promise<{ id: string; recordNumber: string }> {
  const { createPatient } = await colleague.client.ask(
    `mutation { createPatient(input: { firstName: "Rosa", lastName: "Lim", sex: FEMALE, allergies: ["penicillin"], medicalHistory: "asthma" }) {
      patient { id recordNumber } } }`,
  );
  return createPatient.patient;
}

const open = async (who: TestMember, recordNumber: string, why = reason): Promise<Json> =>
  (await who.client.ask(ask.breakGlass, { recordNumber, reason: why })).answer;

const seenBy = async (who: TestMember, id: string): Promise<Json> =>
  (await who.client.ask('query ($id: ID!) { patient(id: $id) { name allergies medicalHistory } }', { id })).patient;

const messages = async (): Promise<Json[]> =>
  (await clinic.owner.ask('{ notifications(first: 100) { nodes { type title body patient { id } } } }')).notifications
    .nodes;

describe('breaking the glass', () => {
  it('opens the record of a patient who is not the doctor’s, clinical part included', async () => {
    const { id, recordNumber } = await aStranger();
    expect(await seenBy(doctor, id)).toBeNull();

    expect(await open(doctor, recordNumber)).toEqual({
      patient: { id, recordNumber, name: 'Rosa Lim', allergies: ['penicillin'], medicalHistory: 'asthma' },
      userErrors: [],
    });

    expect(await seenBy(doctor, id)).toEqual({ name: 'Rosa Lim', allergies: ['penicillin'], medicalHistory: 'asthma' });
  });

  it('is over after an hour of the clinic’s clock, on every path', async () => {
    const { id, recordNumber } = await aStranger();
    await open(doctor, recordNumber);
    const paths = `query ($id: ID!, $number: String!) { node(id: $id) { id } patient(id: $id) { allergies }
      found: patients(filter: { search: $number }) { totalCount } all: patients(first: 100) { nodes { id } } }`;
    const look = async () => {
      const { node, patient, found, all } = await doctor.client.ask(paths, { id, number: recordNumber });
      return [node?.id, patient?.allergies, found.totalCount, all.nodes.some((each: { id: string }) => each.id === id)];
    };

    await later(hourMs - 1);
    const before = await look();
    server.clock.advance(1);
    const after = await look();

    expect(before).toEqual([id, ['penicillin'], 1, true]);
    expect(after).toEqual([undefined, undefined, 0, false]);
    const update = 'mutation ($input: UpdatePatientInput!) { updatePatient(input: $input) { patient { id } } }';
    expect(await doctor.client.codeOf(update, { input: { patientId: id, firstName: 'X' } })).toBe('NOT_FOUND');
  });

  it('opens it for another hour when asked again', async () => {
    const { id, recordNumber } = await aStranger();
    await open(doctor, recordNumber);
    await later(hourMs / 2);
    await open(doctor, recordNumber, 'Still here');

    await later(hourMs - 1);
    expect(await seenBy(doctor, id)).not.toBeNull();
    server.clock.advance(1);
    expect(await seenBy(doctor, id)).toBeNull();
  });

  it('gives way to a booking: then the patient is the doctor’s for good', async () => {
    const { id, recordNumber } = await aStranger();
    await open(doctor, recordNumber);
    const startsAt = new Date(server.clock.now().getTime() + 24 * hourMs).toISOString();
    const input = { patientId: id, doctorId: doctor.doctorId, serviceId: clinic.serviceId, startsAt };
    await clinic.owner.ask(appointmentMutations.request, { input });

    await open(doctor, recordNumber);
    await later(2 * hourMs);

    expect(await seenBy(doctor, id)).not.toBeNull();
  });

  it('does not make the patient one of the doctor’s in the desk’s lists', async () => {
    const { id, recordNumber } = await aStranger();
    await open(doctor, recordNumber);
    const listed = async (search?: string) =>
      (
        await clinic.owner.ask(
          'query ($filter: PatientFilter) { patients(first: 100, filter: $filter) { nodes { id } } }',
          {
            filter: { doctorId: doctor.doctorId, search },
          },
        )
      ).patients.nodes;

    expect(await listed()).not.toContainEqual({ id });
    expect(await listed(recordNumber)).toEqual([]);
  });

  it('leaves one entry with the reason each time, and the owner and the patient see it', async () => {
    const { id, recordNumber } = await aStranger();

    const entries = await addedBy(server, clinic, () => open(doctor, recordNumber));
    const { nodes } = (await clinic.owner.ask(ask.accessLog, { id })).patient.accessLog;

    expect(entries).toMatchObject([
      {
        action: 'patient.breakGlass',
        subject_id: id,
        actor_user_id: doctor.userId,
        role: 'DOCTOR',
        changes: { recordNumber, reason, until: new Date(server.clock.now().getTime() + hourMs).toISOString() },
      },
    ]);
    expect(nodes.map((each: { action: string }) => each.action)).toContain('patient.breakGlass');
  });

  it('is told to every owner, with the reason inside the app alone', async () => {
    const { id, recordNumber } = await aStranger();
    const second = await clinic.hire('OWNER');
    const before = (await messages()).length;

    await open(doctor, recordNumber);

    const told = await messages();
    expect(told).toHaveLength(before + 1);
    expect(told.find((each) => each.patient?.id === id)).toEqual({
      type: 'RECORD_OPENED',
      title: 'A record was opened',
      body: `Dr Rao opened record ${recordNumber} at Test Clinic for an hour. Reason: ${reason}`,
      patient: { id },
    });
    const unread = '{ viewer { unreadNotificationCount } }';
    expect(await second.client.ask(unread)).toEqual({ viewer: { unreadNotificationCount: 1 } });
  });

  it('is done twice by two at once: an entry and a message each', async () => {
    const { id, recordNumber } = await aStranger();
    const third = await clinic.hire('DOCTOR');

    const entries = await addedBy(server, clinic, () =>
      Promise.all([open(doctor, recordNumber), open(doctor, recordNumber), open(third, recordNumber)]),
    );

    expect(entries.map(({ action, subject_id }) => [action, subject_id])).toEqual(
      [1, 2, 3].map(() => ['patient.breakGlass', id]),
    );
    expect((await messages()).filter((each) => each.patient?.id === id)).toHaveLength(3);
  });

  it('has its effect once under an Idempotency-Key', async () => {
    const { recordNumber } = await aStranger();
    const variables = { recordNumber, reason };
    const send = () => doctor.client.send(ask.breakGlass, variables, { 'idempotency-key': `glass-${recordNumber}` });

    const entries = await addedBy(server, clinic, async () => {
      const first = await send();
      expect(await send()).toEqual(first);
    });

    expect(entries.map(({ action }) => action)).toEqual(['patient.breakGlass']);
  });

  it('breaks nothing for a patient who is the doctor’s anyway: it is a reading', async () => {
    const { id, recordNumber } = await aStranger();

    const entries = await addedBy(server, clinic, () => open(colleague, recordNumber));

    expect(entries).toMatchObject([{ action: 'patient.read', subject_id: id, actor_user_id: colleague.userId }]);
    expect((await messages()).filter((each) => each.patient?.id === id)).toEqual([]);
  });

  it('opens the record that stays for the number of one that was merged into it', async () => {
    const [keep, merged] = [await aStranger(), await aStranger()];
    await clinic.owner.ask(
      'mutation ($input: MergePatientsInput!) { mergePatients(input: $input) { userErrors { code } } }',
      { input: { keepId: keep.id, mergeId: merged.id } },
    );

    expect((await open(doctor, merged.recordNumber)).patient).toMatchObject({ id: keep.id });
  });

  it('wants a reason of 3 to 500 characters', async () => {
    const { id, recordNumber } = await aStranger();

    for (const [why, code] of [
      ['', 'NOTE_REQUIRED'],
      ['  x ', 'NOTE_REQUIRED'],
      ['x'.repeat(501), 'INVALID_INPUT'],
    ] as const)
      expect(await open(doctor, recordNumber, why)).toMatchObject({
        patient: null,
        userErrors: [{ code, field: ['reason'] }],
      });
    expect(await seenBy(doctor, id)).toBeNull();
  });

  it('answers alike for a number that nobody has and for another clinic’s, and both are on record', async () => {
    const other = await aClinic(server);
    const elsewhere = await other.hire('DOCTOR');
    const { recordNumber } = await aStranger();

    const entries = await addedBy(server, other, async () => {
      for (const number of [recordNumber, 'P-99999', 'nonsense'])
        expect(await elsewhere.client.codeOf(ask.breakGlass, { recordNumber: number, reason })).toBe('NOT_FOUND');
    });

    expect(entries.map(({ action }) => action)).toEqual([1, 2, 3].map(() => 'breakGlass.refuse'));
    expect(JSON.stringify(entries)).not.toContain(reason);
  });

  it('is for doctors alone', async () => {
    const { recordNumber } = await aStranger();
    for (const role of ['ADMIN', 'NURSE', 'RECEPTIONIST'] as const) {
      const member = await clinic.hire(role);
      expect(await member.client.codeOf(ask.breakGlass, { recordNumber, reason })).toBe('FORBIDDEN');
    }
    expect(await clinic.owner.codeOf(ask.breakGlass, { recordNumber, reason })).toBe('FORBIDDEN');
    expect(await (await clinic.enrol()).client.codeOf(ask.breakGlass, { recordNumber, reason })).toBe('FORBIDDEN');
  });
});
