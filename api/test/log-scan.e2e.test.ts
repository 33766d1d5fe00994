import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES } from '../src/access/roles.ts';
import { buildGuardedSchema } from '../src/app/schema.ts';
import { accountOperations as ask } from './support/accounts-graphql.ts';
import { password } from './support/clinic.ts';
import type { Json } from './support/client.ts';
import { query } from './support/database.ts';
import { letterTo, tokenIn } from './support/letters.ts';
import { OwnCalls } from './support/own-calls.ts';
import { report } from './support/report.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';
import { inhabit, OwnObjects, othersMark, type Person, type Place } from './support/two-clinics.ts';

/** Stands in every text that a person wrote in this test. */
const mark = 'Zqhome';

/** Columns that hold texts which the house made up itself: words of its own, ids, states. What is not here must not be logged. */
const wordsOfOurs =
  /(_id|^id|status|role|type|kind|channel|action|key|locale|currency|time_zone|weekday|source|policy|sex|link_path|subject|title|error)$/;

/** Long enough not to stand in a log by chance. */
const shortest = 6;

const schema = buildGuardedSchema();

let server: TestServerHandle;
let home: Place;
let calls: OwnCalls;
let lines: string[];
/** Secrets that are kept nowhere: passwords, and tokens in answers. */
const secrets = new Set<string>([password]);

beforeAll(async () => {
  lines = [];
  server = await startTestServer({ logLevel: 'trace', role: 'all' }, undefined, {
    write: (line) => void lines.push(line),
  });
  home = await inhabit(server, mark, othersMark);
  calls = new OwnCalls(schema, home, new OwnObjects(server, home));
});

afterAll(() => server.stop());

/** Fields that end the caller's session, or change how they sign in: asked last, with callers of their own. */
const endsSession = ['signOut', 'changePassword', 'enrolTotp', 'confirmTotp', 'disableTotp', 'updateMembership'];

/** Every root field as this person, with good arguments where there are such. */
async function askEverything(person: Person): Promise<number> {
  let count = 0;
  for (const root of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.keys(root?.getFields() ?? {})) {
      const name = { type: root?.name ?? '', field };
      if (endsSession.includes(field)) continue;
      const mayCall = calls.mayCall(name, person);
      const args = await calls.argumentsFor(name, mayCall ? person : home.people.OWNER, false);
      const call = { args, expected: 'Patient', depth: 1 };
      const { query: text, variables } = calls.operation(name, person, call);
      remember(await person.client.send(text, variables));
      // The same with something malformed: what is refused is not repeated either.
      remember(
        await person.client.send(text.replace('{', `{ ${mark}Unknown `), {
          ...variables,
          id: `${mark} no id`,
          input: mark,
        }),
      );
      count += 2;
    }
  }
  return count;
}

/** Keeps the tokens of an answer, to look for them later. */
function remember(answer: Json): void {
  for (const [, token] of JSON.stringify(answer).matchAll(/"(?:accessToken|refreshToken|secret|uri)":"([^"]+)"/g))
    if (token !== undefined) secrets.add(token);
}

/** An account's way through its letters, its password and its second factor, right and wrong. */
async function goThroughAccounts(): Promise<void> {
  const { client, email } = home.people.NURSE;
  const anyone = home.stranger.client;
  remember(await anyone.send(ask.signIn, { input: { email, password } }));
  remember(await anyone.send(ask.signIn, { input: { email, password: `${mark} wrong password` } }));
  remember(await client.send(ask.profile, { input: { name: `${mark} Nurse`, phone: '+639175550123' } }));
  const enrolled: Json = await client.send(ask.enrol);
  for (const code of enrolled.data.answer.recoveryCodes) secrets.add(code);
  remember(enrolled);
  remember(await client.send(ask.confirm, { code: '000000' }));
  remember(await anyone.send(ask.askReset, { email }));
  const token = tokenIn(await letterTo(server, email));
  secrets.add(token);
  remember(await anyone.send(ask.resetPassword, { input: { token: `${token}x`, newPassword: `${mark} new one` } }));
  remember(await anyone.send(ask.resetPassword, { input: { token, newPassword: `${mark} new one` } }));
  remember(await anyone.send(ask.invitation, { token }));
  secrets.add(`${mark} new one`);
}

/** A failure of ours in the middle of what somebody wrote: PostgreSQL's words about it quote the row. */
async function failInside({ client }: Person): Promise<void> {
  const { adminUrl } = server.database;
  const input = {
    firstName: `${mark} Failing`,
    lastName: `${mark} Inside`,
    sex: 'FEMALE',
    email: 'failing@inside.example.org',
  };
  await query(adminUrl, `alter table patient add constraint failing check (first_name not like '%Failing%')`);
  const answer = await client.send(
    'mutation ($input: CreatePatientInput!) { createPatient(input: $input) { userErrors { code } } }',
    { input },
  );
  await query(adminUrl, 'alter table patient drop constraint failing');
  if (answer.errors?.[0]?.extensions.code !== 'INTERNAL_SERVER_ERROR') throw new Error('Nothing failed.');
  for (const text of Object.values(input)) if (text.length >= shortest && text !== 'FEMALE') secrets.add(text);
}

/** All texts that people wrote or that open something, as the database has them now. */
async function personalTexts(): Promise<Set<string>> {
  const { adminUrl } = server.database;
  const columns = await query<{ table: string; column: string }>(
    adminUrl,
    `select table_name as "table", column_name as "column" from information_schema.columns
     where table_schema = 'public' and data_type in ('text', 'ARRAY', 'date') and table_name <> 'mikro_orm_migrations'`,
  );
  const texts = new Set(secrets);
  for (const { table, column } of columns.filter((each) => !wordsOfOurs.test(each.column))) {
    const rows = await query<{ text: string }>(
      adminUrl,
      `select distinct unnest(case when left(v, 1) = '{' then v::text[] else array[v] end) as text
       from (select ${column}::text as v from ${table} where ${column} is not null) texts`,
    );
    for (const { text } of rows) if (text.length >= shortest) texts.add(text);
  }
  return texts;
}

/** The texts of these that stand in a log. */
const foundIn = (log: string, texts: ReadonlySet<string>): string[] => [...texts].filter((text) => log.includes(text));

describe('the log at its most talkative', () => {
  it(
    'holds no name, no address, no note, no password and no token, whatever was done and whatever failed',
    { timeout: 60_000 },
    async () => {
      let count = 0;
      for (const person of [...ROLES.map((role) => home.people[role]), home.stranger])
        count += await askEverything(person);
      await failInside(home.people.RECEPTIONIST);
      await goThroughAccounts();
      const texts = await personalTexts();
      const metrics = await fetch(new URL('/metrics', server.url));
      const log = lines.join('') + (metrics.status === 200 ? await metrics.text() : '');
      report(
        `log scan: ${count} operations as ${ROLES.length} roles and signed out, ${lines.length} lines, ${texts.size} texts looked for`,
      );

      expect(foundIn(log, texts)).toEqual([]);
      expect(log).not.toContain(mark);
      expect(log).not.toContain(othersMark);
      expect(lines.length).toBeGreaterThan(count);
      expect(lines.filter((line) => line.includes('"level":"error"')).length).toBe(1);
    },
  );

  it('could be found out: a line with any of these is seen', async () => {
    const texts = await personalTexts();
    const kinds = [
      home.people.PATIENT.email,
      `${mark} Santos`,
      `${mark} latex`,
      `${mark} history`,
      password,
      '+639175550123',
    ];

    for (const text of kinds) expect(foundIn(`{"level":"info","msg":"saved ${text}"}`, texts)).toContain(text);
    expect([...texts].some((text) => text.startsWith('ey'))).toBe(true);
  });
});
