import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aClinic, signIn, type TestClinic, type TestMember } from './support/clinic.ts';
import type { Json } from './support/client.ts';
import { query } from './support/database.ts';
import { one, prescriptionsShown, voiding } from './support/prescriptions.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './support/server.ts';
import { aVisit, codes, prescribe, step, visitOperations as visits } from './support/visits.ts';

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;
let colleague: TestMember;
let desk: TestMember;
let nurse: TestMember;
let admin: TestMember;
let patient: TestMember;
let stranger: TestMember;
/** A visit of the patient that is with the doctor. */
let visit: string;

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
  [colleague, desk, nurse, admin, stranger] = await Promise.all([
    clinic.hire('DOCTOR'),
    clinic.hire('RECEPTIONIST'),
    clinic.hire('NURSE'),
    clinic.hire('ADMIN'),
    clinic.enrol(),
  ]);
});

beforeEach(async () => {
  server.clock.set(mondayMorning);
  doctor = await clinic.hire('DOCTOR', 'Dr. Ana Reyes');
  patient = await clinic.enrol();
  visit = await begun();
});

afterAll(() => server.stop());

async function begun(of = patient, by = doctor): Promise<string> {
  const id = await aVisit(clinic, desk, { doctorId: by.doctorId, patientId: of.patientId });
  await step(desk, visits.start, { id });
  return id;
}

/** Each a minute after the one before, so that the newest is first. */
function sign(items: object[], changes: Record<string, unknown> = {}, who = doctor): Promise<Json> {
  server.clock.advance(60_000);
  return step(who, visits.prescribe, { input: { visitId: visit, items, ...changes } });
}
const voided = (id: string, reason = 'Wrong strength', who = doctor) => step(who, voiding, { id, reason });
const noteAllergies = (allergies: string[]) =>
  step(
    nurse,
    'mutation ($input: UpdatePatientInput!) { answer: updatePatient(input: $input) { userErrors { message } } }',
    { input: { patientId: patient.patientId, version: 1, allergies } },
  );
const admins = (text: string, values: unknown[]): Promise<Json[]> => query(server.database.adminUrl, text, values);
const countOf = async (visitId = visit): Promise<number> =>
  (await admins('select id from prescription where visit_id = $1', [visitId])).length;

const read = async (who: Pick<TestMember, 'client'>, id = visit): Promise<Json[] | null> =>
  (await who.client.send(prescriptionsShown, { id })).data?.visit?.prescriptions ?? null;
describe('a prescription', () => {
  it('is signed by the treating doctor, during the consultation and after it', async () => {
    const item = { medication: ' Amoxicillin 500 ', dosage: '1 capsule', frequency: '', durationDays: 7 };
    const first = await sign([item], { instructions: 'After meals.' });
    await step(doctor, visits.complete, { input: { visitId: visit } });
    const second = await sign(one('Cetirizine', { instructions: 'At night' }));

    expect([first, second].map(codes)).toEqual([[], []]);
    expect(await read(doctor)).toMatchObject([
      { items: [{ medication: 'Cetirizine', durationDays: null, instructions: 'At night' }], voidedAt: null },
      {
        items: [{ medication: 'Amoxicillin 500', dosage: '1 capsule', frequency: null, durationDays: 7 }],
        instructions: 'After meals.',
        overriddenWarnings: [],
        createdAt: '2030-03-04T01:01:00.000Z',
        doctor: { id: doctor.doctorId },
        patient: { id: patient.patientId },
        visit: { id: visit },
      },
    ]);
  });

  it('is refused while the patient waits, once they left, and from everybody but the treating doctor', async () => {
    const treating = await clinic.hire('DOCTOR');
    const waiting = await aVisit(clinic, desk, { doctorId: treating.doctorId, patientId: patient.patientId });
    const attempt = (who: TestMember, visitId = visit) =>
      who.client.codeOf(
        'mutation ($input: CreatePrescriptionInput!) { createPrescription(input: $input) { warnings } }',
        { input: { visitId, items: one('Cetirizine') } },
      );

    expect(codes(await sign(one('Cetirizine'), { visitId: waiting }, treating))).toEqual(['INVALID_TRANSITION']);
    await step(desk, visits.leave, { id: waiting });
    expect(codes(await sign(one('Cetirizine'), { visitId: waiting }, treating))).toEqual(['INVALID_TRANSITION']);
    for (const who of [desk, nurse, admin, patient, { ...desk, client: clinic.owner }])
      expect(await attempt(who)).toBe('FORBIDDEN');
    expect(await attempt(colleague)).toBe('NOT_FOUND');
    expect([await countOf(), await countOf(waiting)]).toEqual([0, 0]);
  });

  it('says all at once what is wrong with it', async () => {
    const empty = await sign([]);
    const wrong = await sign([{ medication: ' ', dosage: 'x'.repeat(201), durationDays: 366 }], {
      instructions: 'x'.repeat(2_001),
    });

    expect(empty.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['items'] }]);
    expect(wrong.userErrors.map(({ field }: Json) => field.join('.'))).toEqual([
      'items.0.medication',
      'items.0.dosage',
      'items.0.durationDays',
      'instructions',
    ]);
    expect(codes(await sign(Array.from({ length: 31 }, () => one('x')[0] ?? {})))).toEqual(['INVALID_INPUT']);
    expect(await countOf()).toBe(0);
  });

  it('keeps the visit with its doctor, and its check-in from being undone', async () => {
    await sign(one('Cetirizine'));
    expect(codes(await step(nurse, visits.back, { id: visit }))).toEqual(['INVALID_TRANSITION']);
    const back = await step(doctor, visits.back, { id: visit });

    const given = await step(desk, visits.reassign, { input: { visitId: visit, doctorId: colleague.doctorId } });
    const undone = await step(desk, visits.undoCheckIn, { id: back.visit.appointment.id });

    expect([back, given, undone].map(codes)).toEqual([[], ['INVALID_TRANSITION'], ['INVALID_TRANSITION']]);
  });
});

describe('the warnings before signing', () => {
  it('name allergies and what is taken already; nothing is saved until they are overridden, and then they are kept', async () => {
    await noteAllergies(['Penicillin (rash)']);
    await sign(one('Cetirizine 10 mg', { durationDays: 7 }));
    const items = [...one('penicillin V 500'), ...one('CETIRIZINE')];

    const warned = await sign(items);
    const savedBefore = await countOf();
    const signed = await sign(items, { overrideWarnings: true });

    const warnings = [
      'penicillin V 500: the patient is noted as allergic to Penicillin (rash).',
      'CETIRIZINE: the patient takes Cetirizine 10 mg already, until 11 March 2030.',
    ];
    expect(warned).toMatchObject({ prescription: null, warnings, userErrors: [{ code: 'WARNINGS_PENDING' }] });
    expect(savedBefore).toBe(1);
    expect(signed).toMatchObject({ warnings, userErrors: [] });
    expect((await read(doctor))?.[0]?.overriddenWarnings).toEqual(warnings);
  });

  it('are of what a colleague prescribed, too, and over with the course or when it is void', async () => {
    const another = await clinic.hire('DOCTOR');
    await prescribe(another, await begun(patient, another), 'Cetirizine', { durationDays: 3 });

    expect((await sign(one('cetirizine'))).warnings).toHaveLength(1);
    server.clock.advance(3 * 24 * 60 * 60_000);
    doctor.client = await signIn(server.url, doctor.email);
    expect(codes(await sign(one('cetirizine', { durationDays: 9 })))).toEqual([]);
    expect(codes(await voided((await read(doctor))?.[0]?.id))).toEqual([]);
    expect(codes(await sign(one('Cetirizine')))).toEqual([]);
  });

  it('come to the second of two that are signed at the same moment', async () => {
    const answers = await Promise.all([sign(one('Cetirizine')), sign(one('Cetirizine'))]);

    expect(answers.map(codes).sort()).toEqual([[], ['WARNINGS_PENDING']]);
    expect(await countOf()).toBe(1);
  });

  it('do not come to a button that was pressed twice: it signs once', async () => {
    const input = { visitId: visit, items: one('Cetirizine') };
    const press = () => doctor.client.send(visits.prescribe, { input }, { 'idempotency-key': `press-${visit}` });

    const answers = (await Promise.all([press(), press()])).map(({ data }) => data?.answer);

    expect(answers.map(codes)).toEqual([[], []]);
    expect(answers[0].prescription.id).toBe(answers[1].prescription.id);
    expect(await countOf()).toBe(1);
  });
});

describe('a void prescription', () => {
  it('stays on record with its reason, was voided once, by whoever wrote it, and not without a reason', async () => {
    const id = await prescribe(doctor, visit, 'Cetirizine');
    const refused = await voided(id, ' ');
    const attempt = (who: TestMember) => who.client.codeOf(voiding, { id, reason: 'Mine' });
    const others = [await attempt(colleague), await attempt(nurse), await attempt(desk), await attempt(patient)];
    const both = await Promise.all([voided(id), voided(id, 'Another reason')]);

    expect(refused.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['reason'] }]);
    expect(others).toEqual(['NOT_FOUND', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
    expect(both.map(codes).sort()).toEqual([[], ['INVALID_TRANSITION']]);
    expect(await read(doctor)).toMatchObject([{ id, voidedAt: '2030-03-04T01:00:00.000Z' }]);
  });
});

describe('whoever reads a prescription', () => {
  it('is the doctor whose patient it is, the nurse, the front desk, admin and owner, and the patient; nobody else', async () => {
    await noteAllergies(['Cetirizine']);
    const id = await prescribe(doctor, visit, 'Cetirizine');

    for (const who of [doctor, nurse, desk, admin, patient, { client: clinic.owner }])
      expect(await read(who)).toMatchObject([{ id, items: [{ medication: 'Cetirizine' }] }]);
    for (const who of [colleague, stranger, { client: (await aClinic(server)).owner }]) {
      expect(await read(who)).toBeNull();
      expect((await who.client.ask('query ($id: ID!) { node(id: $id) { id } }', { id })).node).toBeNull();
    }
    const warned = async (who: Pick<TestMember, 'client'>) => (await read(who))?.[0]?.overriddenWarnings.length;
    expect(await Promise.all([doctor, nurse, patient].map(warned))).toEqual([1, 1, 1]);
    expect(await Promise.all([desk, admin, { client: clinic.owner }].map(warned))).toEqual([0, 0, 0]);
  });

  it('is a colleague as well once the patient is theirs', async () => {
    await prescribe(doctor, visit, 'Cetirizine');
    await aVisit(clinic, desk, { doctorId: colleague.doctorId, patientId: patient.patientId });

    expect(await read(colleague)).toMatchObject([{ doctor: { id: doctor.doctorId }, appointment: {} }]);
  });
});

describe('favourite medications', () => {
  it('are the doctor’s own, often and lately first, found without case and accents', async () => {
    for (const medication of ['Paracétamol 500', 'Cetirizine', 'paracétamol 500'])
      await prescribe(doctor, visit, medication, { durationDays: 5 });
    await voided(await prescribe(doctor, visit, 'Paraffin'));
    const another = await clinic.hire('DOCTOR');
    await prescribe(another, await begun(patient, another), 'Paroxetine');
    const favourites = async (search: string | null) =>
      (
        await doctor.client.ask(
          'query ($search: String) { favouriteMedications(search: $search) { medication dosage durationDays usedCount } }',
          { search },
        )
      ).favouriteMedications;

    const paracetamol = { medication: 'paracétamol 500', dosage: '1 tablet', durationDays: 5, usedCount: 2 };
    expect(await favourites('PARA')).toEqual([paracetamol]);
    expect(await favourites(null)).toMatchObject([paracetamol, { medication: 'Cetirizine', usedCount: 1 }]);
    expect(await nurse.client.codeOf('{ favouriteMedications { medication } }')).toBe('FORBIDDEN');
  });
});

describe('two records that become one', () => {
  it('take their prescriptions along', async () => {
    await prescribe(doctor, visit, 'Cetirizine');
    const keepId = await clinic.aPatient();

    const merged = await step(
      admin,
      'mutation ($input: MergePatientsInput!) { answer: mergePatients(input: $input) { userErrors { message } } }',
      { input: { keepId, mergeId: patient.patientId } },
    );

    expect(merged.userErrors).toEqual([]);
    expect(await read(doctor)).toMatchObject([{ patient: { id: keepId } }]);
  });
});
