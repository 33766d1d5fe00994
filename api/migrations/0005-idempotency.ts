import { Migration } from '@mikro-orm/migrations';
import { all, clinic, handToDirectory, policies, protect, user } from './policies.ts';

const tables = [
  // The result is written in the transaction of the effect itself: after a crash at any moment either both are there or neither.
  `create table idempotent_request (
    clinic_id uuid not null references clinic,
    user_id uuid not null references user_account,
    role text not null,
    key text not null,
    input_hash text not null,
    result bytea,
    answer text,
    created_at timestamptz not null,
    primary key (clinic_id, user_id, role, key))`,
  `create index idempotent_request_user on idempotent_request (user_id)`,
  `create index idempotent_request_age on idempotent_request (created_at)`,
];

const rowLevelSecurity = [
  ...protect('idempotent_request'),
  ...policies('idempotent_request', ['staff'], all, clinic),
  ...policies(
    'idempotent_request',
    ['doctor', 'patient'],
    ['select', 'insert', 'update'],
    `${clinic} and user_id = ${user}`,
  ),
];

const grants = [
  'grant select, insert, update, delete on idempotent_request to clinigraph_staff, clinigraph_doctor, clinigraph_patient',
  'grant select, delete on idempotent_request to clinigraph_directory',
  'create policy directory_select on idempotent_request for select to clinigraph_directory using (true)',
  'create policy directory_delete on idempotent_request for delete to clinigraph_directory using (true)',
];

const forget = `create function directory.forget_requests(before timestamptz)
  returns integer
  language plpgsql security definer set search_path = public, pg_temp
  as $$
  declare
    gone integer;
  begin
    delete from idempotent_request where created_at < before and before < now();
    get diagnostics gone = row_count;
    return gone;
  end $$`;

/** Requests that may come twice and must have their effect once. */
export class Idempotency extends Migration {
  override up(): void {
    for (const sql of [...tables, ...rowLevelSecurity, ...grants, forget]) this.addSql(sql);
    for (const sql of handToDirectory(['forget_requests(timestamptz)'])) this.addSql(sql);
  }
}
