import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../test/support/client.ts';
import { aClinic, type TestClinic } from '../test/support/clinic.ts';
import { query } from '../test/support/database.ts';
import { dice } from '../test/support/dice.ts';
import { fillWithPeople, people, type Person } from '../test/support/people.ts';
import { report } from '../test/support/report.ts';
import { mistakeIn, searchEveryPage } from '../test/support/search-model.ts';
import { startTestServer, type TestServerHandle } from '../test/support/server.ts';
import { typedSearches } from '../test/support/typed-searches.ts';
import { inPercentiles, timed } from './figures.ts';

const patientCount = 200_000;
const otherClinics = 19;
const patientsOfOthers = 2_000;
const patientsOfDoctor = 5_000;
const searchesEach = 200;
const checkedEach = 4;

let server: TestServerHandle;
let clinic: TestClinic;
const everybody = people(patientCount);
const own = everybody.filter((_person, index) => index % (patientCount / patientsOfDoctor) === 0);
const searchers: [who: string, persons: readonly Person[], client: () => TestClient][] = [];
let desk: TestClient;
let doctor: TestClient;
searchers.push(
  ['receptionist', everybody, () => desk],
  [`doctor with ${patientsOfDoctor} patients`, own, () => doctor],
);

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
  const { adminUrl } = server.database;
  const { ms } = await timed(() => fillWithPeople(adminUrl, clinic.id, everybody));
  for (let index = 0; index < otherClinics; index += 1)
    await fillWithPeople(adminUrl, (await aClinic(server)).id, people(patientsOfOthers, index + 2));
  desk = (await clinic.hire('RECEPTIONIST')).client;
  const hired = await clinic.hire('DOCTOR');
  doctor = hired.client;
  await query(adminUrl, 'insert into care select $1, $2, id, now() from unnest($3::uuid[]) id', [
    clinic.id,
    hired.doctorId,
    own.map((person) => person.id),
  ]);
  await query(adminUrl, 'analyze');
  report(`${patientCount} patients filled in ${Math.round(ms / 1_000)} s; ${otherClinics} other clinics beside them`);
});

afterAll(() => server.stop());

const firstPage = `query ($search: String) { patients(filter: { search: $search }, first: 25) { nodes { recordNumber name } } }`;

describe('searching 200,000 patients of one clinic', () => {
  for (const [who, persons, client] of searchers) {
    it.each(Object.entries(typedSearches))(
      `${who}: by %s is fast, and finds what the rules say`,
      async (kind, type) => {
        const roll = dice(7);
        const durations: number[] = [];
        const mistakes: (string | null)[] = [];
        for (let count = 0; count < searchesEach; count += 1) {
          const person = persons[roll(persons.length)];
          if (person === undefined) continue;
          const search = type(person, roll);
          durations.push((await timed(() => client().ask(firstPage, { search }))).ms);
          if (count < checkedEach) mistakes.push(mistakeIn(await searchEveryPage(client(), search), persons, search));
        }

        report(`${who}, ${kind}, ${durations.length} searches: ${inPercentiles(durations)}`);
        expect(mistakes.filter((mistake) => mistake !== null)).toEqual([]);
        expect(durations).toHaveLength(searchesEach);
      },
    );
  }

  it('goes through the index, which the clinic leads', async () => {
    const plan = await planOf(
      `select * from directory.find_patients(array['consuelo', 'santes'], null, null, false, null, 200)`,
    );

    for (const line of plan.filter((text) => /Scan|Index Cond|duration/.test(text))) report(line.trim());
    expect(plan.join('\n')).toContain('Bitmap Index Scan on patient_search');
    expect(plan.join('\n')).not.toContain('Seq Scan on patient');
  });
});

/** The plans inside a function, as the database really ran them. */
async function planOf(text: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: server.database.adminUrl });
  const lines: string[] = [];
  client.on('notice', ({ message }) => lines.push(...(message ?? '').split('\n')));
  await client.connect();
  try {
    await client.query(`load 'auto_explain'`);
    for (const setting of ['log_min_duration = 0', 'log_nested_statements = on', 'log_analyze = on'])
      await client.query(`set auto_explain.${setting}`);
    await client.query(`set client_min_messages = 'log'`);
    await client.query(`select set_config('app.clinic_id', $1, false)`, [clinic.id]);
    await client.query(text);
  } finally {
    await client.end();
  }
  return lines;
}
