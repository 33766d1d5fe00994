import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aClinic, type TestClinic, type TestMember } from '../test/support/clinic.ts';
import { report } from '../test/support/report.ts';
import { startTestServer, type TestServerHandle } from '../test/support/server.ts';
import { statementsOf } from '../test/support/statements.ts';
import { aVisit, step, visitOperations as visits } from '../test/support/visits.ts';
import { inPercentiles, timed } from './figures.ts';

const visitCount = 300;
const seen = 60;
const asked = 200;

let server: TestServerHandle;
let clinic: TestClinic;
let desk: TestMember;
const doctors: TestMember[] = [];

/** The very operation that the front desk's queue asks. */
const queueOperation = (): string => {
  const documents = readFileSync('web/src/features/visits/visit.graphql', 'utf8');
  const part = (start: string) => new RegExp(`^${start}[^]*?^}`, 'm').exec(documents)?.[0] ?? '';
  return [part('fragment VisitCard'), part('fragment QueueColumns'), part('query Queue')].join('\n');
};

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
  desk = await clinic.hire('RECEPTIONIST');
  for (let count = 0; count < 6; count += 1) doctors.push(await clinic.hire('DOCTOR'));
  for (let count = 0; count < visitCount; count += 1) {
    const doctor = doctors[count % doctors.length];
    if (doctor === undefined) throw new Error('There is no doctor.');
    const visitId = await aVisit(clinic, desk, { doctorId: doctor.doctorId });
    if (count >= seen) continue;
    await step(doctor, visits.start, { id: visitId });
    await step(doctor, visits.complete, { input: { visitId } });
  }
});

afterAll(() => server.stop());

it('answers with a queue of 300 visits in as many statements as with one', async () => {
  const document = queueOperation();
  const statements = await statementsOf(() => desk.client.ask(document));
  const times: number[] = [];
  let bytes = 0;
  let rows = 0;
  for (let count = 0; count < asked; count += 1) {
    const { ms, result } = await timed(() => desk.client.ask(document));
    times.push(ms);
    bytes = JSON.stringify(result).length;
    rows = Object.values(result.queue).flatMap((column) => (Array.isArray(column) ? column : [])).length;
  }
  report(`queue of ${rows} visits: ${statements} statements, ${(bytes / 1024).toFixed(0)} kB, ${inPercentiles(times)}`);

  const fresh = await aClinic(server);
  const one = await fresh.hire('DOCTOR');
  const nurse = await fresh.hire('RECEPTIONIST');
  await aVisit(fresh, nurse, { doctorId: one.doctorId });
  expect(rows).toBe(visitCount);
  expect(await statementsOf(() => nurse.client.ask(document))).toBe(statements);
});
