import { aLivelyBill } from './bills.ts';
import { appointmentMutations, type TestClinic, type TestMember } from './clinic.ts';
import { query, type TestDatabase } from './database.ts';
import { aStoredFile } from './stored-file.ts';
import { aVisit, prescribe, step, visitOperations } from './visits.ts';

export interface WholeClinic extends TestClinic {
  doctor: TestMember;
  colleague: TestMember;
  patient: TestMember;
}

/** Fills a clinic until every table holds a row of it, for a doctor and a patient each with rows that are not theirs. */
export async function fillEveryTable(clinic: TestClinic, database: TestDatabase): Promise<WholeClinic> {
  const doctor = await clinic.hire('DOCTOR');
  const colleague = await clinic.hire('DOCTOR');
  const patient = await clinic.enrol();
  const neighbour = await clinic.enrol();
  const ask = async (who: TestMember, ofDoctor: TestMember, startsAt: string) => {
    const input = { doctorId: ofDoctor.doctorId, serviceId: clinic.serviceId, startsAt };
    const { answer } = await who.client.ask(appointmentMutations.request, { input });
    await ofDoctor.client.ask(appointmentMutations.approve, { input: { appointmentId: answer.appointment.id } });
  };
  await ask(patient, doctor, '2030-03-05T02:00:00Z');
  await ask(patient, colleague, '2030-03-05T03:00:00Z');
  await ask(neighbour, colleague, '2030-03-05T04:00:00Z');
  await doctor.client.ask(
    'mutation { createPatient(input: { firstName: "Own", sex: MALE, allergies: ["latex"], medicalHistory: "none" }) { userErrors { code } } }',
  );
  await colleague.client.ask(
    'mutation { createPatient(input: { firstName: "Other", sex: MALE, allergies: ["dust"] }) { userErrors { code } } }',
  );
  await clinic.owner.ask(
    `mutation { inviteStaff(input: { email: "${clinic.slug}@example.org", name: "Ina", role: NURSE }) { userErrors { code } } }`,
  );
  for (const doctorId of [doctor.doctorId, colleague.doctorId]) {
    const input = { patientId: neighbour.patientId, doctorId, serviceId: clinic.serviceId };
    await clinic.owner.ask(
      'mutation ($input: JoinWaitlistInput!) { joinWaitlist(input: $input) { userErrors { code } } }',
      { input: { ...input, earliest: '2030-03-05', latest: '2030-03-06' } },
    );
  }
  await aFinishedVisit(clinic, doctor, patient);
  await aFinishedVisit(clinic, colleague, patient);
  await aFinishedVisit(clinic, colleague, neighbour);
  await aStoredFile(database.adminUrl, clinic, { patient, by: doctor, mark: 'Own' });
  await aStoredFile(database.adminUrl, clinic, { patient: neighbour, by: colleague, mark: 'Other' });
  await clinic.owner.ask(
    'mutation { importPatients(input: { csv: "first_name\\nImported", progressKey: "import" }) { createdCount } }',
  );
  const createPatient = 'mutation { createPatient(input: { firstName: "Once", sex: MALE }) { userErrors { code } } }';
  await clinic.owner.send(createPatient, {}, { 'idempotency-key': 'once' });
  const statements: [string, unknown[]][] = [
    [
      `insert into due select gen_random_uuid(), $1, false, 'test', $2, '', now() + interval '1 day', now() + interval '1 day', 0, now()`,
      [clinic.id, doctor.doctorId],
    ],
    [`insert into doctor_service values ($1, $2, $3)`, [clinic.id, doctor.doctorId, clinic.serviceId]],
    [
      `insert into payout select gen_random_uuid(), $1, id, 100, 'handed over', null, now() from doctor where clinic_id = $1`,
      [clinic.id],
    ],
    [
      `insert into checkout select id, clinic_id, bill_id, 'stripe', 'cs_' || id, 'https://gateway.example', null, amount_minor, 'PHP', 'CLOSED',
         now(), now() from payment where clinic_id = $1`,
      [clinic.id],
    ],
    [
      `insert into gateway_event select clinic_id, 'stripe', 'evt_' || id, id, now() from payment where clinic_id = $1`,
      [clinic.id],
    ],
    [`insert into doctor_terms values ($1, $2, 40), ($1, $3, 50)`, [clinic.id, doctor.doctorId, colleague.doctorId]],
    [
      `insert into time_off select gen_random_uuid(), $1, $2, now(), now() + interval '1 hour', 'rest', now()`,
      [clinic.id, doctor.doctorId],
    ],
  ];
  for (const [text, values] of statements) await query(database.adminUrl, text, values);
  return { ...clinic, doctor, colleague, patient };
}

/** A visit with all that is written in one, and its bill. */
async function aFinishedVisit(clinic: TestClinic, doctor: TestMember, patient: TestMember): Promise<void> {
  const visitId = await aVisit(
    clinic,
    { client: clinic.owner },
    { doctorId: doctor.doctorId, patientId: patient.patientId },
  );
  await step(doctor, visitOperations.start, { id: visitId });
  await step(doctor, visitOperations.vitals, { input: { visitId, pulse: 72 } });
  const { visit } = await step(doctor, visitOperations.complete, { input: { visitId, notes: 'Well.' } });
  await step(doctor, visitOperations.add, { id: visitId, text: 'Still well.' });
  await prescribe(doctor, visitId, 'Cetirizine');
  await aLivelyBill(clinic, visit.appointment.id);
}
