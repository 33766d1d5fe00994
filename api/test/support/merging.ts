import { afterAll, beforeAll, beforeEach } from 'vitest';
import { aClinic, appointmentMutations as mutation, type TestClinic, type TestMember } from './clinic.ts';
import type { Json, TestClient } from './client.ts';
import { query } from './database.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './server.ts';

export interface MergePlace {
  server: TestServerHandle;
  clinic: TestClinic;
  desk: TestMember;
  doctor: TestMember;
}

export const mergePatients = `mutation ($input: MergePatientsInput!) { answer: mergePatients(input: $input) {
  patient { id recordNumber name phone email birthDate version notificationPreferences { email sms updatedByName }
    appointments { totalCount nodes { status timeline { type } } } }
  userErrors { code message field } } }`;

/** Tables that may go on naming a merged record, and why. */
const mayStay = [
  'care', // so that its doctors still find where it went
  'patient_clinical', // as it was, for whoever looks back
];

/** One server for the file and, for every test, a clinic of its own with a desk that merges and a doctor who is booked. */
export function mergingTests() {
  let server: TestServerHandle;
  let place: MergePlace;

  beforeAll(async () => {
    server = await startTestServer();
  });
  beforeEach(async () => {
    server.clock.set(mondayMorning);
    const clinic = await aClinic(server);
    const desk = await clinic.hire('RECEPTIONIST', 'Rosa Reyes');
    place = { server, clinic, desk, doctor: await clinic.hire('DOCTOR') };
  });
  afterAll(() => server.stop());

  const rows = <Row extends object>(text: string, values: unknown[]) =>
    query<Row>(server.database.adminUrl, text, values);

  return {
    here: () => place,
    rows,
    merge: async (keepId: string, mergeId: string, client: TestClient = place.desk.client): Promise<Json> =>
      (await client.ask(mergePatients, { input: { keepId, mergeId } })).answer,
    book: (patientId: string, startsAt: string, client: TestClient = place.desk.client): Promise<Json> =>
      client.send(mutation.book, {
        input: { patientId, doctorId: place.doctor.doctorId, serviceId: place.clinic.serviceId, startsAt },
      }),
    /** How many rows of each table name this patient, but for the tables that may. */
    async rowsNaming(patientId: string): Promise<Record<string, number>> {
      const named = await rows<{ table_name: string }>(
        `select table_name from information_schema.columns where table_schema = 'public' and column_name = 'patient_id'
         and table_name <> all ($1) order by 1`,
        [mayStay],
      );
      const counts: Record<string, number> = {};
      for (const { table_name: table } of named) {
        const [found] = await rows<{ count: number }>(
          `select count(*)::int as count from ${table} where patient_id = $1`,
          [patientId],
        );
        counts[table] = found?.count ?? 0;
      }
      return counts;
    },
  };
}
