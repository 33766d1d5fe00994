import { MikroORM } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import { beforeAll, describe, expect, inject, it } from 'vitest';
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

/** A database as it was before its trail was chained. */
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

let adminUrl: string;

/** Three clinics with what was written down and booked by then; brought up to date. */
beforeAll(async () => {
  const old = await anOldDatabase();
  adminUrl = old.adminUrl;
  const statements = [
    `insert into clinic select gen_random_uuid(), 'clinic-' || n, 'x', null, null, 'UTC', 'PHP', 'en', null, false, '{24}',
       'AFTER_PAYMENT', 15, 2, 0, 0, 'DOCTOR', now() from generate_series(1, 3) n`,
    `insert into audit_entry select gen_random_uuid(), c.id, now() + n * interval '1 second', null, 'x', null, 'a.b', null,
       '{"a": 1.50}', null from clinic c, generate_series(1, 100) n where c.slug <> 'clinic-3'`,
    `insert into doctor (id, clinic_id, name, active, created_at) select gen_random_uuid(), id, 'x', true, now() from clinic`,
    `insert into service (id, clinic_id, name, duration_minutes, price_minor, created_at)
       select gen_random_uuid(), id, 'x', 30, 0, now() from clinic`,
    `insert into patient (id, clinic_id, record_number, first_name, name_folded, birth_date_estimated, sex, email_consent,
         sms_consent, marketing_consent, preferences_updated_at, created_at, updated_at, version)
       select gen_random_uuid(), id, '1', 'x', 'x', false, 'UNKNOWN', false, false, false, now(), now(), now(), 1 from clinic`,
    `insert into appointment (id, clinic_id, doctor_id, patient_id, service_id, status, source, starts_at, ends_at, reason,
         holds_slot, created_at, updated_at, version)
       select gen_random_uuid(), d.clinic_id, d.id, p.id, s.id, wanted.status, 'STAFF', at, at + interval '30 minutes', wanted.name,
         wanted.status = 'APPROVED', now(), now(), 1
       from doctor d join patient p using (clinic_id) join service s using (clinic_id) join clinic c on c.id = d.clinic_id,
         (values ('to come', 'APPROVED', timestamptz '2090-03-05 01:00Z'), ('past', 'APPROVED', '2020-03-05 01:00Z'),
           ('asked for', 'REQUESTED', '2090-03-05 02:00Z'), ('cancelled', 'CANCELLED', '2090-03-05 03:00Z'))
           wanted (name, status, at)
       where c.slug = 'clinic-1'`,
  ];
  for (const text of statements) await query(adminUrl, text);
  await migrate(old.ownerUrl);
});

describe('an older database, brought up to date', () => {
  it('has a chain of what was written before there was one, each clinic’s by itself, and guards it as before', async () => {
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

  it('tells of whoever does not come to what was booked before there were alerts, and of nothing else', async () => {
    const due = await query(
      adminUrl,
      `select a.reason, d.kind, d.cause, d.due_at as at from due d join appointment a on a.id = d.subject_id`,
    );

    expect(due).toEqual([
      { reason: 'to come', kind: 'NO_SHOW_ALERT', cause: '', at: new Date('2090-03-05T01:15:00Z') },
    ]);
    expect(
      await query(
        adminUrl,
        `select relname from pg_class where relname in ('clinic', 'appointment', 'due') and not relforcerowsecurity`,
      ),
    ).toEqual([]);
  });
});
