import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tenantStatement, nobody, type PoolKind, type Tenant } from '../src/platform/db/tenant.ts';
import { aClinic } from './support/clinic.ts';
import { query } from './support/database.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';
import { fillEveryTable, type WholeClinic } from './support/whole-clinic.ts';

/** Tables that belong to no single clinic, and what guards each instead. */
const withoutClinic = [
  'account_mail', // the app's own, in no clinic: letters without their links
  'captured_message', // development's inbox; production never writes it
  'clinic', // its own id is the clinic
  'mikro_orm_migrations', // the owner's; the app may look whether all of them ran
  'password_reset', // the app's own, in no clinic: by address, hashed links
  'rate_limit', // hashed keys and counts
  'recovery_code', // the person's own
  'refresh_token', // the person's own
  'session', // the person's own
  'two_factor', // the person's own
  'user_account', // the person's own
];

const kinds: PoolKind[] = ['staff', 'doctor', 'patient'];

let server: TestServerHandle;
let here: WholeClinic;
let there: WholeClinic;
let tables: string[];

beforeAll(async () => {
  server = await startTestServer();
  here = await fillEveryTable(await aClinic(server), server.database);
  there = await fillEveryTable(await aClinic(server), server.database);
  tables = (
    await query<{ table_name: string }>(
      server.database.adminUrl,
      `select table_name from information_schema.columns where table_schema = 'public' and column_name = 'clinic_id' order by 1`,
    )
  ).map((row) => row.table_name);
});

afterAll(() => server.stop());

/** Runs statements as the app's own role, told who asks; what they did is undone. */
async function as<Result>(tenant: Tenant, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({
    connectionString: server.database.appUrl,
    options: `-c role=clinigraph_${tenant.pool}`,
  });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(tenantStatement(tenant, new Date()));
    return await work(client);
  } finally {
    await client.end();
  }
}

const count = async (client: pg.Client, table: string, where = 'true', values: unknown[] = []): Promise<number> =>
  Number((await client.query(`select count(*) from ${table} where ${where}`, values)).rows[0].count);

/** The SQLSTATE that refuses a statement, or how many rows it touched. */
async function attempt(client: pg.Client, text: string, values: unknown[]): Promise<string | number> {
  await client.query('savepoint attempt');
  try {
    return (await client.query(text, values)).rowCount ?? 0;
  } catch (error) {
    return error instanceof pg.DatabaseError ? (error.code ?? 'unknown') : 'unknown';
  } finally {
    await client.query('rollback to savepoint attempt');
  }
}

const denied = '42501';
const rowsOf = (table: string, clinicId: string) =>
  query<{ row: object }>(
    server.database.adminUrl,
    `select to_jsonb(t) as row from ${table} t where clinic_id = $1 limit 1`,
    [clinicId],
  );

const member = (clinic: WholeClinic, pool: PoolKind): Tenant => ({
  ...nobody,
  pool,
  clinicId: clinic.id,
  role: { staff: 'SYSTEM', doctor: 'DOCTOR', patient: 'PATIENT' }[pool],
  userId: { staff: null, doctor: clinic.doctor.userId, patient: clinic.patient.userId }[pool],
  doctorId: pool === 'doctor' ? clinic.doctor.doctorId : null,
  patientId: pool === 'patient' ? clinic.patient.patientId : null,
});

describe('row-level security', () => {
  it('is on and forced for every table with a clinic_id, each with a policy; all others are known by name', async () => {
    const found = await query<{ name: string; guarded: boolean; policies: string }>(
      server.database.adminUrl,
      `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as guarded,
         (select count(*) from pg_policy p where p.polrelid = c.oid) as policies
       from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p') order by 1`,
    );

    expect(
      found
        .filter(({ name }) => tables.includes(name))
        .filter(({ guarded, policies }) => !guarded || Number(policies) === 0),
    ).toEqual([]);
    expect(found.map(({ name }) => name).filter((name) => !tables.includes(name))).toEqual(withoutClinic);
    expect(tables).toHaveLength(42);
  });

  it('lets every table of clinics be emptied of a sandbox, and of nothing else', async () => {
    const condition = '(clinic_id IN ( SELECT clinic.id FROM clinic WHERE clinic.sandbox))';
    const emptied = await query<{ name: string }>(
      server.database.adminUrl,
      `select tablename as name from pg_policies where policyname = 'directory_empties' and regexp_replace(qual, '\\s+', ' ', 'g') = $1 order by 1`,
      [condition],
    );

    expect(emptied.map(({ name }) => name)).toEqual(tables);
  });

  it('lets the app’s role bypass nothing, own nothing, and reach nothing before it took a role', async () => {
    const [role] = await query(
      server.database.adminUrl,
      `select rolsuper, rolbypassrls, rolinherit, rolcreaterole,
         (select count(*)::int from pg_class where relowner = r.oid) as owned from pg_roles r where rolname = 'clinigraph_app'`,
    );
    const bare = new pg.Client({ connectionString: server.database.appUrl });
    await bare.connect();

    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolinherit: false, rolcreaterole: false, owned: 0 });
    await expect(bare.query('select * from public.patient')).rejects.toMatchObject({ code: denied });
    await bare.end();
  });

  it('finds rows for the app inside its own clinic: the tests below could fail', async () => {
    const empty = await as(member(here, 'staff'), async (client) => {
      const found: string[] = [];
      for (const table of tables) if ((await count(client, table)) === 0) found.push(table);
      return found;
    });

    expect(empty).toEqual([]);
  });

  it('yields nothing and takes nothing while no clinic is set', async () => {
    const leaks: unknown[] = [];
    for (const pool of kinds) {
      for (const table of tables) {
        const [sample] = await rowsOf(table, here.id);
        await as({ ...nobody, pool }, async (client) => {
          const read = await attempt(client, `select from ${table}`, []);
          const inserted = await attempt(
            client,
            `insert into ${table} select * from jsonb_populate_record(null::${table}, $1)`,
            [sample?.row],
          );
          const removed = await attempt(client, `delete from ${table}`, []);
          if (read !== 0 || inserted !== denied || (removed !== 0 && removed !== denied))
            leaks.push({ pool, table, read, inserted, removed });
        });
      }
    }

    expect(leaks).toEqual([]);
  });

  it('keeps one clinic’s rows from another’s people: no reading, writing, removing or moving', async () => {
    const leaks: unknown[] = [];
    for (const pool of kinds) {
      for (const table of tables) {
        const [sample] = await rowsOf(table, here.id);
        await as(member(there, pool), async (client) => {
          const answers = {
            read: await count(client, table, 'clinic_id = $1', [here.id]),
            inserted: await attempt(
              client,
              `insert into ${table} select * from jsonb_populate_record(null::${table}, $1)`,
              [sample?.row],
            ),
            updated: await attempt(client, `update ${table} set clinic_id = clinic_id where clinic_id = $1`, [here.id]),
            removed: await attempt(client, `delete from ${table} where clinic_id = $1`, [here.id]),
            moved: await attempt(client, `update ${table} set clinic_id = $1 where clinic_id = $2`, [
              here.id,
              there.id,
            ]),
          };
          const isShut = (answer: string | number) => answer === 0 || answer === denied;
          if (answers.inserted !== denied || !Object.values(answers).every(isShut))
            leaks.push({ pool, table, ...answers });
        });
      }
    }

    expect(leaks).toEqual([]);
  });
});

describe('a doctor and a patient', () => {
  it('see their own rows alone, in every table that names them', async () => {
    const { doctor, colleague, patient } = here;
    const named = async (column: string) =>
      (
        await query<{ table_name: string }>(
          server.database.adminUrl,
          `select table_name from information_schema.columns where table_schema = 'public' and column_name = $1 order by 1`,
          [column],
        )
      ).map((row) => row.table_name);
    // What everybody in the clinic may know: who works when, and offers what.
    const known = ['doctor_service', 'schedule_block', 'time_off'];
    // Of a patient who is theirs a doctor reads what colleagues wrote.
    const withPatient = ['addendum', 'consultation', 'prescription', 'visit', 'vitals'];
    const strangers: unknown[] = [];
    for (const table of (await named('doctor_id')).filter((name) => !known.includes(name))) {
      await as(member(here, 'doctor'), async (client) => {
        const notTheirs = withPatient.includes(table) ? ' and patient_id not in (select patient_id from care)' : '';
        const rows = await count(client, table, `doctor_id is distinct from $1${notTheirs}`, [doctor.doctorId]);
        const own = await count(client, table, 'doctor_id = $1', [doctor.doctorId]);
        if (rows > 0 || own === 0) strangers.push({ table, reader: 'doctor', rows, own });
      });
    }
    for (const table of await named('patient_id')) {
      await as(member(here, 'patient'), async (client) => {
        const rows = await count(client, table, 'patient_id is distinct from $1', [patient.patientId]);
        if (rows > 0) strangers.push({ table, reader: 'patient', rows });
      });
    }

    expect(strangers).toEqual([]);
    expect(colleague.doctorId).not.toBe(doctor.doctorId);
  });

  it('see exactly the patients that a slow, obvious reading of the rules gives', async () => {
    const { doctor, patient, id } = here;
    const theirs = await query<{ id: string }>(
      server.database.adminUrl,
      `select distinct p.id from patient p where p.clinic_id = $1 and (
         exists (select 1 from appointment a where a.patient_id = p.id and a.doctor_id = $2)
         or p.first_name = 'Own') order by 1`,
      [id, doctor.doctorId],
    );
    const seen = await as(
      member(here, 'doctor'),
      async (client) => (await client.query('select id from patient order by 1')).rows,
    );
    const clinical = await as(
      member(here, 'doctor'),
      async (client) => (await client.query('select allergies from patient_clinical')).rows,
    );
    const own = await as(
      member(here, 'patient'),
      async (client) => (await client.query('select id from patient')).rows,
    );

    expect(seen).toEqual(theirs);
    expect(clinical).toEqual([{ allergies: ['latex'] }]);
    expect(own).toEqual([{ id: patient.patientId }]);
  });

  it('cannot write rows that are somebody else’s', async () => {
    const { colleague, id } = here;
    const [stranger] = await query<{ row: object }>(
      server.database.adminUrl,
      `select to_jsonb(a) || jsonb_build_object('id', gen_random_uuid(), 'holds_slot', false) as row from appointment a
       where clinic_id = $1 and doctor_id = $2 and patient_id <> $3`,
      [id, colleague.doctorId, here.patient.patientId],
    );
    const insert = 'insert into appointment select * from jsonb_populate_record(null::appointment, $1)';

    expect(await as(member(here, 'doctor'), (client) => attempt(client, insert, [stranger?.row]))).toBe(denied);
    expect(await as(member(here, 'patient'), (client) => attempt(client, insert, [stranger?.row]))).toBe(denied);
    const change = 'update appointment set doctor_id = $1';
    expect(await as(member(here, 'doctor'), (client) => attempt(client, change, [colleague.doctorId]))).toBe(denied);
  });
});

describe('what is written once', () => {
  it('cannot be changed or removed by any of the app’s roles', async () => {
    const answers: (string | number)[] = [];
    for (const pool of kinds) {
      for (const table of ['audit_entry', 'event', 'appointment_event']) {
        for (const text of [`update ${table} set at = now()`, `delete from ${table}`])
          answers.push(await as(member(here, pool), (client) => attempt(client, text, [])));
      }
    }

    expect(new Set(answers)).toEqual(new Set([denied]));
  });

  it('leaves no password hash within the app’s reach', async () => {
    for (const pool of kinds) {
      expect(
        await as(member(here, pool), (client) => attempt(client, 'select password_hash from user_account', [])),
      ).toBe(denied);
    }
  });
});
