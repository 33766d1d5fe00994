import { MikroORM } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import { expect, inject, it } from 'vitest';
import { Heart } from '../migrations/0001-heart.ts';
import { Accounts } from '../migrations/0002-accounts.ts';
import { Patients } from '../migrations/0003-patients.ts';
import { ClinicSettings } from '../migrations/0004-clinic.ts';
import { Idempotency } from '../migrations/0005-idempotency.ts';
import { migrate } from '../src/platform/db/migrate.ts';
import { query } from './support/database.ts';

const migrationsList = [
  { name: '0001-heart', class: Heart },
  { name: '0002-accounts', class: Accounts },
  { name: '0003-patients', class: Patients },
  { name: '0004-clinic', class: ClinicSettings },
  { name: '0005-idempotency', class: Idempotency },
];

/** A database as it was before its trail was chained, with what had been written down by then. */
async function anOldDatabase(): Promise<{ adminUrl: string; ownerUrl: string }> {
  const server = inject('server');
  const name = 'old_database';
  await query(server.adminUrl, `create database ${name} owner clinigraph_owner`);
  const named = (url: string) => url.replace(/\/[^/]*$/, `/${name}`);
  const orm = await MikroORM.init({
    clientUrl: named(server.ownerUrl),
    entities: [],
    extensions: [Migrator],
    discovery: { warnWhenNoEntities: false },
    migrations: { migrationsList, snapshot: false, silent: true },
  });
  await orm.migrator.up();
  await orm.close(true);
  return { adminUrl: named(server.adminUrl), ownerUrl: named(server.ownerUrl) };
}

it('chains what was written before there was a chain, each clinic’s by itself, and guards it as before', async () => {
  const { adminUrl, ownerUrl } = await anOldDatabase();
  await query(
    adminUrl,
    `insert into clinic select gen_random_uuid(), 'clinic-' || n, 'x', null, null, 'UTC', 'PHP', 'en', null, false, '{24}',
       'AFTER_PAYMENT', 15, 2, 0, 0, 'DOCTOR', now() from generate_series(1, 3) n`,
  );
  await query(
    adminUrl,
    `insert into audit_entry select gen_random_uuid(), c.id, now() + n * interval '1 second', null, 'x', null, 'a.b', null,
       '{"a": 1.50}', null from clinic c, generate_series(1, 100) n where c.slug <> 'clinic-3'`,
  );

  await migrate(ownerUrl);

  const chains = await query(
    adminUrl,
    `select c.slug, h.sequence::int as last, l.fits::int from clinic c
     left join audit_head h on h.clinic_id = c.id
     left join lateral (select count(*) filter (where hash = expected) as fits from (
       select hash, directory.audit_hash(lag(hash, 1, ''::bytea) over (order by sequence), e) as expected
       from audit_entry e where e.clinic_id = c.id) entry) l on true
     order by 1`,
  );
  const [table] = await query(adminUrl, `select relforcerowsecurity from pg_class where relname = 'audit_entry'`);
  expect(chains).toEqual([
    { slug: 'clinic-1', last: 100, fits: 100 },
    { slug: 'clinic-2', last: 100, fits: 100 },
    { slug: 'clinic-3', last: null, fits: 0 },
  ]);
  expect(table).toEqual({ relforcerowsecurity: true });
});
