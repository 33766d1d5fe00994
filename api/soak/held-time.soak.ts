import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClinic, appointmentMutations, type TestClinic, type TestMember } from '../test/support/clinic.ts';
import { query } from '../test/support/database.ts';
import { report } from '../test/support/report.ts';
import { startTestServer, type TestServerHandle } from '../test/support/server.ts';
import { inPercentiles, percentile, timed } from './figures.ts';

interface Form {
  name: string;
  server: TestServerHandle;
  clinic: TestClinic;
  doctor: TestMember;
  patients: string[];
  figures: number[];
}

const bookings = 300;
const halfHourMs = 30 * 60_000;

/** As it was before: the constraints on the appointments themselves, no table beside them and no trigger. */
const before = [
  'drop trigger appointment_holds on appointment',
  'drop trigger appointment_keeps on appointment',
  'drop trigger appointment_releases on appointment',
  `alter table appointment add constraint appointment_doctor_overlap exclude using gist
    (clinic_id with =, doctor_id with =, tstzrange(starts_at, ends_at, '[)') with &&) where (holds_slot)`,
  `alter table appointment add constraint appointment_patient_overlap exclude using gist
    (clinic_id with =, patient_id with =, tstzrange(starts_at, ends_at, '[)') with &&) where (holds_slot)`,
];

async function open(name: string, statements: readonly string[]): Promise<Form> {
  const server = await startTestServer();
  for (const statement of statements) await query(server.database.adminUrl, statement);
  const clinic = await aClinic(server);
  const doctor = await clinic.hire('DOCTOR');
  const patients = [];
  for (let count = 0; count < 40; count += 1) patients.push(await clinic.aPatient());
  return { name, server, clinic, doctor, patients, figures: [] };
}

/** Sixteen half hours a day, from nine in Manila on. */
const startOf = (index: number): string =>
  new Date(
    Date.parse('2030-03-05T01:00:00Z') + Math.floor(index / 16) * 24 * 60 * 60_000 + (index % 16) * halfHourMs,
  ).toISOString();

async function book({ clinic, doctor, patients, figures }: Form, index: number): Promise<void> {
  const { serviceId } = clinic;
  const patientId = patients[index % patients.length];
  const input = { patientId, doctorId: doctor.doctorId, serviceId, startsAt: startOf(index) };
  const { ms, result } = await timed(() => clinic.owner.ask(appointmentMutations.book, { input }));
  if (result.answer.appointment === null) throw new Error(JSON.stringify(result.answer.userErrors));
  figures.push(ms);
}

describe('one table of all that is held', () => {
  let forms: Form[];

  beforeAll(async () => {
    forms = [await open('constraints on appointments', before), await open('held_time', [])];
  });
  afterAll(async () => {
    for (const { server } of forms) await server.stop();
  });

  it('makes booking no slower in a way that somebody would notice', async () => {
    // One after the other in turns: what else the machine does, it does to both.
    for (let index = 0; index < bookings; index += 1) for (const form of forms) await book(form, index);

    for (const { name, figures } of forms) report(`booking through the API, ${name}: ${inPercentiles(figures)}`);
    const [old, present] = forms.map(({ figures }) => percentile(figures, 0.5));
    expect((present ?? 0) - (old ?? 0)).toBeLessThan(3);
  });
});
