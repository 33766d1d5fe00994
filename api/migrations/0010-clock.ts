import { Migration } from '@mikro-orm/migrations';
import { all, clinic, everyone, handToDirectory, policies, policy, protect } from './policies.ts';

const tables = [
  // What its clock shows beside the real one; nothing but a sandbox's differs. While it is moved, it stands at
  // clock_reached and goes on to clock_target: whoever finds it so, after a crash too, takes the next step.
  `alter table clinic
    add column clock_offset_ms bigint not null default 0,
    add column clock_reached timestamptz,
    add column clock_target timestamptz,
    add constraint clinic_clock_is_real check
      (sandbox or (clock_offset_ms = 0 and clock_reached is null and clock_target is null)),
    add constraint clinic_clock_moves check ((clock_reached is null) = (clock_target is null))`,
  `create index clinic_sandbox on clinic (id) where sandbox`,
  // What falls due: once, and then the row is gone. run_at is due_at, or later after an error.
  `create table due (
    id uuid primary key,
    clinic_id uuid not null references clinic,
    sandbox boolean not null,
    kind text not null,
    subject_id uuid not null,
    cause text not null,
    due_at timestamptz not null,
    run_at timestamptz not null,
    attempts integer not null,
    created_at timestamptz not null,
    unique (clinic_id, id),
    constraint due_once unique (clinic_id, kind, subject_id, cause))`,
  `create index due_next on due (clinic_id, run_at, id)`,
  `create index due_anywhere on due (run_at) where not sandbox`,
];

const rowLevelSecurity = [
  ...protect('due'),
  // Whoever causes something schedules what it leads to, or takes it back. It names ids alone, and no query shows it.
  ...policies('due', everyone, all, clinic),
  policy('due', 'directory', 'select', 'true'),
];

const grants = [
  'grant select, insert, update, delete on due to clinigraph_staff, clinigraph_doctor, clinigraph_patient',
  'grant select on due to clinigraph_directory',
];

const directory = [
  `create function directory.clock_offset_of(wanted uuid)
    returns bigint
    language sql stable security definer set search_path = public, pg_temp
    as $$ select clock_offset_ms from clinic where id = wanted $$`,
  `drop function directory.session_context(uuid, timestamptz, timestamptz)`,
  `create function directory.session_context(wanted uuid, at timestamptz, idle_since timestamptz)
    returns table (session_id uuid, user_id uuid, clinic_id uuid, role text, display_name text, locale text,
      doctor_id uuid, patient_id uuid, time_zone text, currency text, clock_offset_ms bigint, last_active_at timestamptz)
    language sql stable security definer set search_path = public, pg_temp
    as $$ select s.id, s.user_id, s.current_clinic_id, m.role, m.display_name, u.locale, d.id, p.id, c.time_zone, c.currency,
        c.clock_offset_ms, s.last_active_at
      from session s
      join membership m on m.clinic_id = s.current_clinic_id and m.user_id = s.user_id and m.active
      join clinic c on c.id = s.current_clinic_id
      join user_account u on u.id = s.user_id
      left join doctor d on d.clinic_id = m.clinic_id and d.user_id = m.user_id and (d.active or m.role = 'DOCTOR')
      left join patient p on m.role = 'PATIENT' and p.clinic_id = m.clinic_id and p.user_id = m.user_id
      where s.id = wanted and s.revoked_at is null and s.expires_at > at
        and (m.role = 'PATIENT' or s.last_active_at > idle_since) $$`,
  // Which clinics have something to run, by each one's own clock. One whose clock is being moved is told as well: a
  // process that died in the middle left it so.
  `create function directory.clinics_with_due(at timestamptz)
    returns table (clinic_id uuid, clock_offset_ms bigint, sandbox boolean)
    language sql stable security definer set search_path = public, pg_temp
    as $$ (select distinct d.clinic_id, 0::bigint, false from due d where not d.sandbox and d.run_at <= at limit 1000)
      union all
      (select c.id, c.clock_offset_ms, true from clinic c
        where c.sandbox and (c.clock_target is not null or exists (select from due d
          where d.clinic_id = c.id and d.run_at <= at + c.clock_offset_ms * interval '1 millisecond')) limit 1000) $$`,
  // The next real instant at which something falls due anywhere.
  `create function directory.next_due(after timestamptz)
    returns timestamptz
    language sql stable security definer set search_path = public, pg_temp
    as $$ select least(
      (select min(d.run_at) from due d where not d.sandbox and d.run_at > after),
      (select min(next.at) from clinic c cross join lateral (
        select d.run_at - c.clock_offset_ms * interval '1 millisecond' as at from due d
        where d.clinic_id = c.id and d.run_at > after + c.clock_offset_ms * interval '1 millisecond'
        order by d.run_at limit 1) next
        where c.sandbox)) $$`,
];

/** A clock for each clinic, and what falls due by it. */
export class ClinicClock extends Migration {
  override up(): void {
    for (const sql of [...tables, ...rowLevelSecurity, ...grants, ...directory]) this.addSql(sql);
    for (const sql of handToDirectory(directoryFunctions)) this.addSql(sql);
  }
}

const directoryFunctions = [
  'clock_offset_of(uuid)',
  'session_context(uuid, timestamptz, timestamptz)',
  'clinics_with_due(timestamptz)',
  'next_due(timestamptz)',
];
