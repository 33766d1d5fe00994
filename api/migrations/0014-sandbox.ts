import { Migration } from '@mikro-orm/migrations';
import { handToDirectory, policy, role } from './policies.ts';

const tables = [
  // Whose a sandbox is, and when it was last used, in real time.
  `alter table clinic add column sandbox_owner_id uuid references user_account, add column sandbox_used_at timestamptz`,
  `create index clinic_sandbox_owner on clinic (sandbox_owner_id) where sandbox_owner_id is not null`,
  `alter table delivery drop constraint delivery_status_check, add constraint delivery_status_check
    check (status in ('QUEUED', 'SENT', 'DELIVERED', 'FAILED', 'SKIPPED', 'CANCELLED', 'CAPTURED'))`,
];

const asDirectory = 'language plpgsql security definer set search_path = public, pg_temp';

/** A sandbox's messages never wait to be sent, whoever writes them: there is nothing that a worker could take. */
const capture = [
  `create function directory.capture_delivery() returns trigger ${asDirectory}
    as $$ begin
      if exists (select from clinic where id = new.clinic_id and sandbox) then
        new.status := 'CAPTURED';
        new.sent_at := new.due_at;
      end if;
      return new;
    end $$`,
  `create trigger delivery_captured before insert or update on delivery
    for each row when (new.status = 'QUEUED') execute function directory.capture_delivery()`,
];

/** The team of a sandbox: people who exist nowhere else and cannot sign in. */
const people = policy(
  'user_account',
  'staff',
  'insert',
  `${role} = 'SYSTEM' and password_hash is null and email_folded like '%.sandbox.invalid'`,
).replace('staff_insert', 'staff_insert_of_sandbox');

const isSandbox = (column: string): string => `${column} in (select id from clinic where sandbox)`;

/**
 * Removes everything that a clinic holds, which is a sandbox, and the people who were made for it. In which order the
 * tables refer to each other it finds out by itself, so that a table of a feature to come is not forgotten.
 */
const removal = [
  `create function directory.sandboxes_of(person uuid) returns integer
    language sql stable security definer set search_path = public, pg_temp
    as $$ select count(*)::integer from clinic where sandbox and sandbox_owner_id = person $$`,
  `create function directory.remove_sandbox(wanted uuid) returns void ${asDirectory}
    as $$
    declare
      pending text[];
      later text[];
      name text;
      made uuid[];
    begin
      select array_agg(m.user_id) into made from membership m join user_account u on u.id = m.user_id
        where m.clinic_id = wanted and u.password_hash is null and u.email_folded like '%.sandbox.invalid';
      delete from refresh_token where session_id in (select id from session where current_clinic_id = wanted);
      delete from session where current_clinic_id = wanted;
      select array_agg(c.relname::text) into pending from pg_attribute a join pg_class c on c.oid = a.attrelid
        where a.attname = 'clinic_id' and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace;
      while cardinality(pending) > 0 loop
        later := '{}';
        foreach name in array pending loop
          begin
            execute format('delete from %I where clinic_id = $1', name) using wanted;
          exception when foreign_key_violation then
            later := later || name;
          end;
        end loop;
        if cardinality(later) = cardinality(pending) then
          raise exception 'these tables refer to each other in a circle: %', later;
        end if;
        pending := later;
      end loop;
      delete from clinic where id = wanted;
      delete from user_account where id = any (made);
    end $$`,
  `create function directory.remove_unused_sandboxes(before timestamptz, at_most integer) returns integer ${asDirectory}
    as $$
    declare
      unused uuid;
      gone integer := 0;
    begin
      for unused in select c.id from clinic c where c.sandbox and c.sandbox_used_at < before
          and not exists (select from session s where s.current_clinic_id = c.id and s.last_active_at >= before)
          order by c.sandbox_used_at limit at_most loop
        perform directory.remove_sandbox(unused);
        gone := gone + 1;
      end loop;
      return gone;
    end $$`,
];

/** Every table that belongs to clinics can be emptied of a sandbox, and of nothing else. */
const emptying = `do $$
  declare
    name text;
  begin
    for name in select c.relname from pg_attribute a join pg_class c on c.oid = a.attrelid
        where a.attname = 'clinic_id' and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace loop
      execute format('grant select, delete on %I to clinigraph_directory', name);
      execute format('create policy directory_empties on %I for delete to clinigraph_directory using (${isSandbox('clinic_id')})', name);
      execute format('create policy directory_finds on %I for select to clinigraph_directory using (${isSandbox('clinic_id')})', name);
    end loop;
  end $$`;

const grants = [
  'grant delete on clinic, session, refresh_token, user_account to clinigraph_directory',
  `create policy directory_empties on clinic for delete to clinigraph_directory using (sandbox)`,
  `create policy directory_empties on session for delete to clinigraph_directory
    using (${isSandbox('current_clinic_id')})`,
  `create policy directory_empties on refresh_token for delete to clinigraph_directory
    using (session_id in (select id from session where ${isSandbox('current_clinic_id')}))`,
  `create policy directory_empties on user_account for delete to clinigraph_directory
    using (password_hash is null and email_folded like '%.sandbox.invalid')`,
];

/** Clinics for trying things out. */
export class Sandbox extends Migration {
  override up(): void {
    for (const sql of [...tables, ...capture, people, ...removal, emptying, ...grants]) this.addSql(sql);
    for (const sql of handToDirectory(directoryFunctions)) this.addSql(sql);
    for (const name of ['capture_delivery()', 'remove_sandbox(uuid)'])
      this.addSql(
        `revoke execute on function directory.${name} from clinigraph_staff, clinigraph_doctor, clinigraph_patient`,
      );
  }
}

const directoryFunctions = [
  'capture_delivery()',
  'sandboxes_of(uuid)',
  'remove_sandbox(uuid)',
  'remove_unused_sandboxes(timestamptz, integer)',
];
