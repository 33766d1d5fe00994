import { describe, expect, it } from 'vitest';
import type { Json } from './support/client.ts';
import { query } from './support/database.ts';
import { mergingTests } from './support/merging.ts';
import { see } from './support/own-visits.ts';
import { aVisit, step, visitOperations } from './support/visits.ts';

const { here, merge, book, rows, rowsNaming } = mergingTests();

describe('merging two records', () => {
  it('moves everything to the one that stays, and loses nothing', async () => {
    const keepId = await here().clinic.aPatient({ firstName: 'Maria', lastName: 'Santos', birthDate: '1990-06-14' });
    const maria = await here().clinic.enrol({ firstName: 'Maria', lastName: 'Santos', phone: '+639171234567' });
    await book(keepId, '2030-03-05T02:00:00Z');
    await book(maria.patientId, '2030-03-05T03:00:00Z');
    const before = await rowsNaming(maria.patientId);

    const answer = await merge(keepId, maria.patientId);

    expect(answer.userErrors).toEqual([]);
    expect(answer.patient).toMatchObject({
      id: keepId,
      recordNumber: 'P-00001',
      birthDate: '1990-06-14',
      phone: '+639171234567',
      email: maria.email,
      appointments: {
        totalCount: 2,
        nodes: [
          { status: 'APPROVED', timeline: [{ type: 'APPROVED' }] },
          { status: 'APPROVED', timeline: [{ type: 'APPROVED' }] },
        ],
      },
    });
    expect(before).toMatchObject({ appointment: 1, appointment_event: 1, notification: 1 });
    expect(Object.values(await rowsNaming(maria.patientId)).every((count) => count === 0)).toBe(true);
    expect(await rowsNaming(keepId)).toMatchObject({ appointment: 2, appointment_event: 2 });
    // The account came along: signed in, she sees the record that stays.
    const own = await maria.client.ask('{ viewer { patient { id appointments { totalCount } } } }');
    expect(own.viewer.patient).toEqual({ id: keepId, appointments: { totalCount: 2 } });
  });

  it('takes visits along with all that was written in them, and the doctor writes on', async () => {
    const { clinic, desk, doctor } = here();
    const [keepId, mergeId] = [await clinic.aPatient(), await clinic.aPatient()];
    await see(clinic, doctor, { patientId: mergeId }, 'Locked');
    const visitId = await aVisit(clinic, desk, { doctorId: doctor.doctorId, patientId: mergeId });
    await step(doctor, visitOperations.start, { id: visitId });
    await step(doctor, visitOperations.write, { input: { visitId, notes: 'Begun.' } });

    const answer = await merge(keepId, mergeId);
    const written = await step(doctor, visitOperations.write, {
      input: { visitId, notes: 'Begun, and more.', version: 1 },
    });

    expect([answer.userErrors, written.userErrors]).toEqual([[], []]);
    expect(await rowsNaming(mergeId)).toMatchObject({ visit: 0, consultation: 0, addendum: 0, vitals: 0 });
    expect(await rowsNaming(keepId)).toMatchObject({ visit: 2, consultation: 2, addendum: 1, vitals: 1 });
    const read = await doctor.client.ask(
      'query ($id: ID!) { patient(id: $id) { visits(first: 5) { nodes { consultation { notes } } } } }',
      { id: keepId },
    );
    expect(read.patient.visits.nodes.map((visit: Json) => visit.consultation.notes).sort()).toEqual([
      'Begun, and more.',
      'Locked notes',
    ]);
  });

  it('takes an open invitation along: its link leads to the record that stays', async () => {
    const [keepId, mergeId] = [await here().clinic.aPatient(), await here().clinic.aPatient()];
    await here().desk.client.ask(
      'mutation ($id: ID!) { invitePatient(patientId: $id, email: "ana@example.org") { userErrors { code } } }',
      { id: mergeId },
    );

    await merge(keepId, mergeId);

    expect(await rowsNaming(mergeId)).toMatchObject({ invitation: 0 });
    expect(await rowsNaming(keepId)).toMatchObject({ invitation: 1 });
  });

  it('archives the other, which names the one that stays', async () => {
    const [keepId, mergeId] = [await here().clinic.aPatient(), await here().clinic.aPatient()];

    await merge(keepId, mergeId);

    const found = await here().desk.client.ask(
      'query ($id: ID!) { patient(id: $id) { archived mergedInto { id } } patients { nodes { id } } }',
      { id: mergeId },
    );
    expect(found).toEqual({
      patient: { archived: true, mergedInto: { id: keepId } },
      patients: { nodes: [{ id: keepId }] },
    });
  });

  it('joins clinical parts that the front desk may not read', async () => {
    const make = async (allergies: string[], medicalHistory: string) =>
      (
        await here().doctor.client.ask(
          `mutation ($input: CreatePatientInput!) { createPatient(input: $input) { patient { id } } }`,
          { input: { firstName: 'Ana', sex: 'FEMALE', allergies, medicalHistory } },
        )
      ).createPatient.patient.id;
    const keepId = await make(['Penicillin', 'Dust'], 'Asthma.');
    const mergeId = await make(['penicillin', 'Latex'], 'Operated 2019.');

    await merge(keepId, mergeId);

    const { patient } = await here().doctor.client.ask(
      'query ($id: ID!) { patient(id: $id) { allergies medicalHistory } }',
      {
        id: keepId,
      },
    );
    expect(patient).toEqual({
      allergies: ['Penicillin', 'Dust', 'Latex'],
      medicalHistory: 'Asthma.\n\nOperated 2019.',
    });
  });

  it('gives the doctors of the one the other’s care', async () => {
    const keepId = await here().clinic.aPatient();
    const mergeId = await here().clinic.aPatient();
    await book(mergeId, '2030-03-05T02:00:00Z');

    await merge(keepId, mergeId);

    const { patients } = await here().doctor.client.ask('{ patients { nodes { id } } }');
    expect(patients.nodes).toEqual([{ id: keepId }]);
  });

  it('keeps the consents that were stated last, with who wrote them down', async () => {
    const [keepId, mergeId] = [await here().clinic.aPatient({ emailConsent: true }), await here().clinic.aPatient()];
    here().server.clock.advance(60_000);
    await here().desk.client.ask(
      'mutation ($id: ID!) { setNotificationPreferences(input: { patientId: $id, sms: true }) { userErrors { code } } }',
      { id: mergeId },
    );

    const { patient } = await merge(keepId, mergeId, here().clinic.owner);

    expect(patient.notificationPreferences).toEqual({ email: false, sms: true, updatedByName: 'Rosa Reyes' });
  });

  it('tells its readers, and is audited under both', async () => {
    const [keepId, mergeId] = [await here().clinic.aPatient(), await here().clinic.aPatient()];

    await merge(keepId, mergeId);

    expect(
      await rows(`select subject_id, payload from event where type = 'PATIENT_MERGED' and clinic_id = $1`, [
        here().clinic.id,
      ]),
    ).toEqual([{ subject_id: mergeId, payload: { mergedInto: keepId } }]);
    const audited = await rows<{ subject_id: string; actor_name: string }>(
      `select subject_id, actor_name from audit_entry where action = 'patient.merge' and clinic_id = $1 order by id`,
      [here().clinic.id],
    );
    expect(audited.map((entry) => entry.subject_id).sort()).toEqual([keepId, mergeId].sort());
    expect(audited.map((entry) => entry.actor_name)).toEqual(['Rosa Reyes', 'Rosa Reyes']);
  });
});

describe('races', () => {
  it('let one of two merges through, whichever way round they go', async () => {
    const [one, other] = [await here().clinic.aPatient(), await here().clinic.aPatient()];

    const answers = await Promise.all([merge(one, other), merge(other, one), merge(one, other), merge(other, one)]);

    const merged = await rows('select 1 from patient where merged_into is not null and clinic_id = $1', [
      here().clinic.id,
    ]);
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    expect(merged).toHaveLength(1);
  });

  it('of a merge with bookings leave no appointment on the record that went', { timeout: 60_000 }, async () => {
    for (let round = 0; round < 5; round += 1) {
      const [keepId, mergeId] = [await here().clinic.aPatient(), await here().clinic.aPatient()];
      const hours = ['01', '02', '03', '04', '05', '06'];

      const [answer, ...bookings] = await Promise.all([
        merge(keepId, mergeId),
        ...hours.map((hour) => book(mergeId, `2030-03-${10 + round}T${hour}:00:00Z`)),
      ]);

      expect(answer.userErrors).toEqual([]);
      expect(bookings.flatMap(({ errors = [] }) => errors)).toEqual([]);
      const booked = bookings.filter(({ data }) => data.answer.userErrors.length === 0).length;
      expect(await rowsNaming(mergeId)).toMatchObject({ appointment: 0, appointment_event: 0, notification: 0 });
      expect(await rowsNaming(keepId)).toMatchObject({ appointment: booked, appointment_event: booked });
    }
  });
});

describe('an appointment’s history', () => {
  it('stays append-only for the app: it moves along a merge and never otherwise', async () => {
    const [keepId, mergeId] = [await here().clinic.aPatient(), await here().clinic.aPatient()];
    await book(mergeId, '2030-03-05T02:00:00Z');

    const [moved] = await query<{ moved: number }>(
      here().server.database.adminUrl,
      `select directory.move_appointment_events($1) as moved
       from (select set_config('app.clinic_id', $2, true)) tenant`,
      [mergeId, here().clinic.id],
    );

    expect(moved).toEqual({ moved: 0 });
    expect(await rowsNaming(keepId)).toMatchObject({ appointment_event: 0 });
  });
});
