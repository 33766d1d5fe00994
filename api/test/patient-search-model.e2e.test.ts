import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClinic, type TestClinic } from './support/clinic.ts';
import { dice } from './support/dice.ts';
import { fillWithPeople, people } from './support/people.ts';
import { mistakeIn, searchEveryPage } from './support/search-model.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';
import { typedSearches } from './support/typed-searches.ts';

const persons = people(3_000);
const searchesEach = 6;

let server: TestServerHandle;
let clinic: TestClinic;

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
  await fillWithPeople(server.database.adminUrl, clinic.id, persons);
  await fillWithPeople(server.database.adminUrl, (await aClinic(server)).id, people(500, 2));
});

afterAll(() => server.stop());

describe('a search among 3,000 patients', () => {
  it.each(Object.entries(typedSearches))(
    'by %s finds whom a slow, obvious reading of the rules finds',
    async (_kind, type) => {
      const roll = dice(11);
      for (let count = 0; count < searchesEach; count += 1) {
        const person = persons[roll(persons.length)];
        if (person === undefined) continue;
        const search = type(person, roll);
        expect(mistakeIn(await searchEveryPage(clinic.owner, search), persons, search)).toBeNull();
      }
    },
  );
});
