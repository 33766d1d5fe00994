import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { nobody, tenantStatement, type PoolKind } from '../src/platform/db/tenant.ts';
import { auditOperations as ask, entriesOf } from './support/audit.ts';
import { aClinic, type TestClinic } from './support/clinic.ts';
import type { TestClient } from './support/client.ts';
import { query } from './support/database.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let clinic: TestClinic;

beforeAll(async () => {
  server = await startTestServer();
});

beforeEach(async () => {
  clinic = await aClinic(server);
  for (let count = 0; count < 5; count += 1) await clinic.aPatient();
});

afterAll(() => server.stop());

const verify = async (client: TestClient = clinic.owner) => (await client.ask(ask.verify)).answer;
const admin = (text: string, values: unknown[] = []) => query<{ id: string }>(server.database.adminUrl, text, values);
const count = async () => (await entriesOf(server, clinic)).length;

/** A superuser who tries to cover something up. */
async function tamper(assignment: string, sequence: number): Promise<string> {
  const [row] = await admin(
    `update audit_entry set ${assignment} where clinic_id = $1 and sequence = $2 returning id`,
    [clinic.id, sequence],
  );
  return row?.id ?? '';
}

describe('the chain', () => {
  it('is intact, with every place taken once, after many writers at once', async () => {
    const hired = await Promise.all([clinic.hire('RECEPTIONIST'), clinic.hire('NURSE'), clinic.hire('ADMIN')]);
    const id = await clinic.aPatient();
    const read = 'query ($id: ID!) { patient(id: $id) { id } }';
    await Promise.all([
      ...Array.from({ length: 20 }, () => clinic.aPatient()),
      ...Array.from({ length: 20 }, (_, index) => hired[index % 3]?.client.ask(read, { id })),
    ]);

    const sequences = (await entriesOf(server, clinic)).map(({ sequence }) => sequence);

    expect(sequences).toEqual(sequences.map((_, index) => index + 1));
    expect(await verify()).toEqual({ intact: true, checkedCount: sequences.length, brokenAt: null });
  });

  it('is each clinic’s own', async () => {
    const other = await aClinic(server);
    await tamper(`actor_name = 'Somebody else'`, 2);

    expect(await verify(other.owner)).toMatchObject({ intact: true });
    expect(await verify()).toMatchObject({ intact: false });
  });

  /** Another id that differs in its last digit, whatever that is. */
  const otherId = (column: string) =>
    `${column} = overlay(${column}::text placing case right(${column}::text, 1) when 'f' then 'e' else 'f' end from 36)::uuid`;
  const columns: [column: string, assignment: string][] = [
    ['id', otherId('id')],
    ['at', `at = at + interval '1 microsecond'`],
    ['actor_user_id', otherId('actor_user_id')],
    ['actor_user_id, taken away', `actor_user_id = null`],
    ['actor_name', `actor_name = actor_name || ' '`],
    ['role', `role = 'ADMIN'`],
    ['action', `action = 'patient.creatE'`],
    ['subject_id', `subject_id = null`],
    ['changes', `changes = '{}'`],
    ['ip_address', `ip_address = '127.0.0.2'`],
    ['hash', `hash = set_byte(hash, 31, (get_byte(hash, 31) + 1) % 256)`],
  ];
  it.each(columns)('names the entry whose %s was changed', async (_column, assignment) => {
    const id = await tamper(assignment, 4);

    expect(await verify()).toEqual({
      intact: false,
      checkedCount: await count(),
      brokenAt: { id, action: assignment.startsWith('action') ? 'patient.creatE' : 'patient.create' },
    });
  });

  it('names the entry after one that was removed, moved to the end or given to another clinic', async () => {
    const [, , , fourth, fifth, sixth] = await entriesOf(server, clinic);
    await admin('delete from audit_entry where id = $1', [fourth?.id]);
    expect((await verify()).brokenAt.id).toBe(fifth?.id);

    const next = await aClinic(server);
    await next.aPatient();
    const entries = await entriesOf(server, next);
    await admin('update audit_entry set sequence = 1000 where id = $1', [entries[1]?.id]);
    expect((await verify(next.owner)).brokenAt.id).toBe(entries[2]?.id);

    await admin('update audit_entry set clinic_id = $1, sequence = 2000 where id = $2', [next.id, fifth?.id]);
    expect((await verify()).brokenAt.id).toBe(sixth?.id);
  });

  it('names the last entry when those after it are missing', async () => {
    const entries = await entriesOf(server, clinic);
    await admin('delete from audit_entry where id = any ($1)', [entries.slice(-2).map(({ id }) => id)]);

    expect(await verify()).toEqual({
      intact: false,
      checkedCount: entries.length - 2,
      brokenAt: { id: entries.at(-3)?.id, action: 'patient.create' },
    });
  });

  it('is broken without a name when all of it is gone, and when one was put at its beginning', async () => {
    await admin('delete from audit_entry where clinic_id = $1', [clinic.id]);

    expect(await verify()).toEqual({ intact: false, checkedCount: 0, brokenAt: null });
  });

  it('is not mended by a change of both an entry and its hash: then the next one does not fit', async () => {
    const entries = await entriesOf(server, clinic);
    await tamper(`actor_name = 'Somebody else'`, 4);
    await admin(
      `update audit_entry e set hash = directory.audit_hash(p.hash, e) from audit_entry p
       where e.clinic_id = $1 and e.sequence = 4 and p.clinic_id = $1 and p.sequence = 3 returning e.id`,
      [clinic.id],
    );

    expect((await verify()).brokenAt.id).toBe(entries[4]?.id);
  });

  it('is walked for an owner alone', async () => {
    for (const role of ['ADMIN', 'DOCTOR', 'NURSE', 'RECEPTIONIST'] as const)
      expect(await (await clinic.hire(role)).client.codeOf(ask.verify)).toBe('FORBIDDEN');
    expect(await (await clinic.enrol()).client.codeOf(ask.verify)).toBe('FORBIDDEN');
  });
});

describe('the app’s own connection', () => {
  const attempts = [
    'update audit_entry set actor_name = actor_name',
    'delete from audit_entry',
    'truncate audit_entry',
    'alter table audit_entry disable trigger all',
    'update audit_head set sequence = 0',
    'delete from audit_head',
    'truncate audit_head',
    `insert into audit_head select clinic_id, 0, '' from audit_head`,
  ];

  it.each(attempts)('cannot %s', async (statement) => {
    for (const pool of ['staff', 'doctor', 'patient'] satisfies PoolKind[]) {
      const client = new pg.Client({
        connectionString: server.database.appUrl,
        options: `-c role=clinigraph_${pool}`,
      });
      await client.connect();
      await client.query('begin');
      const tenant = { ...nobody, pool, clinicId: clinic.id, role: 'OWNER' };
      await client.query(tenantStatement(tenant, server.clock.now()));

      await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
      await client.end();
    }
  });

  it('cannot choose the place or the hash of what it writes', async () => {
    const client = new pg.Client({ connectionString: server.database.appUrl, options: '-c role=clinigraph_staff' });
    await client.connect();
    await client.query('begin');
    const tenant = { ...nobody, clinicId: clinic.id, role: 'OWNER' };
    await client.query(tenantStatement(tenant, server.clock.now()));
    await client.query(
      `insert into audit_entry (id, clinic_id, at, actor_name, action, sequence, hash)
       values (gen_random_uuid(), $1, now(), 'Forger', 'patient.create', 1, 'no hash')`,
      [clinic.id],
    );
    await client.query('commit');
    await client.end();

    expect((await entriesOf(server, clinic)).at(-1)).toMatchObject({ actor_name: 'Forger', sequence: await count() });
    expect(await verify()).toMatchObject({ intact: true, checkedCount: await count() });
  });
});
