import { Migration } from '@mikro-orm/migrations';
import { findPatients } from './find-patients.ts';
import {
  clinic,
  clinicNow,
  doctor,
  handToDirectory,
  patient,
  policies,
  policy,
  protect,
  role,
  setting,
  theirPatients,
  type Kind,
} from './policies.ts';

const tables = [
  `alter table audit_entry add column sequence bigint, add column hash bytea`,
  // The end of each clinic's chain. A row of its own: who writes down a sign-in must not wait for a long import, which
  // holds the clinic's counters; and no role of the app may touch it.
  `create table audit_head (
    clinic_id uuid primary key references clinic,
    sequence bigint not null,
    hash bytea not null)`,
];

/**
 * The hash of one entry: over the one before it and over every column, as a JSON array, so that no two entries can be
 * written the same way. Instants are text in UTC, to the microsecond.
 */
const auditHash = `create function directory.audit_hash(previous bytea, entry audit_entry)
  returns bytea
  language sql stable
  as $$ select sha256(previous || convert_to(jsonb_build_array(
    entry.sequence, entry.id, entry.clinic_id, to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    entry.actor_user_id, entry.actor_name, entry.role, entry.action, entry.subject_id, entry.changes, entry.ip_address
  )::text, 'UTF8')) $$`;

/**
 * Gives an entry its place and hash, whatever the writer says. The end of the chain stays locked until the commit, so that
 * the sequence has no gap and no fork; it is the last lock of every writing transaction.
 */
const chainEntry = `create function directory.chain_audit_entry()
  returns trigger
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
  declare
    last_sequence bigint;
    last_hash bytea;
  begin
    select sequence, hash into last_sequence, last_hash from audit_head where clinic_id = new.clinic_id for update;
    if not found then
      insert into audit_head values (new.clinic_id, 0, '') on conflict (clinic_id) do nothing;
      select sequence, hash into strict last_sequence, last_hash from audit_head where clinic_id = new.clinic_id for update;
    end if;
    new.sequence := last_sequence + 1;
    new.hash := directory.audit_hash(last_hash, new);
    update audit_head set sequence = new.sequence, hash = new.hash where clinic_id = new.clinic_id;
    return new;
  end $$`;

/** What was written before there was a chain becomes its beginning, in the order of time. */
const chainWhatIsThere = [
  `alter table audit_entry no force row level security`,
  `do $$
  declare
    entry audit_entry;
    current_clinic uuid;
    place bigint;
    previous bytea;
  begin
    for entry in select * from audit_entry order by clinic_id, at, id loop
      if entry.clinic_id is distinct from current_clinic then
        current_clinic := entry.clinic_id;
        place := 0;
        previous := '';
      end if;
      place := place + 1;
      entry.sequence := place;
      previous := directory.audit_hash(previous, entry);
      update audit_entry set sequence = place, hash = previous where id = entry.id;
    end loop;
    insert into audit_head select distinct on (clinic_id) clinic_id, sequence, hash
      from audit_entry order by clinic_id, sequence desc;
  end $$`,
  `alter table audit_entry force row level security`,
  `alter table audit_entry alter column sequence set not null, alter column hash set not null`,
];

const chain = [
  `create unique index audit_entry_sequence on audit_entry (clinic_id, sequence)`,
  // Newest first, under each of the log's filters; of one instant the later one first.
  `drop index audit_entry_at, audit_entry_subject`,
  `create index audit_entry_at on audit_entry (clinic_id, at, sequence)`,
  `create index audit_entry_subject on audit_entry (clinic_id, subject_id, at, sequence)`,
  `create index audit_entry_actor on audit_entry (clinic_id, actor_user_id, at, sequence)`,
  `create index audit_entry_action on audit_entry (clinic_id, action, at, sequence)`,
  `create trigger audit_entry_chain before insert on audit_entry
    for each row execute function directory.chain_audit_entry()`,
];

/** A patient's record and those that were merged into it: ids alone. */
const recordsOf = `create function directory.records_of(wanted uuid)
  returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
  as $$ with recursive record(id) as (
      select p.id from patient p where p.clinic_id = ${setting('clinic_id')} and p.id = wanted
      union select p.id from patient p join record on p.merged_into = record.id where p.clinic_id = ${setting('clinic_id')})
    select id from record $$`;

const care = [
  // Set for a record that was opened in an emergency: until when, and why.
  `alter table care add column until timestamptz, add column reason text`,
  `alter table care add constraint care_opened_for_a_reason check ((until is null) = (reason is null))`,
];

const doctorsOwn = `${clinic} and patient_id in ${theirPatients}`;
const staffsOwn = `${clinic} and (${role} in ('NURSE', 'SYSTEM') or patient_id in ${theirPatients})`;

/** What is open until an hour is over is closed by the same policies that opened it. */
const alter = (table: string, kind: Kind, condition: string): string[] => [
  `alter policy ${kind}_select on ${table} using (${condition})`,
  `alter policy ${kind}_update on ${table} using (${condition}) with check (${condition})`,
];

const rowLevelSecurity = [
  ...protect('audit_head'),
  policy('audit_head', 'directory', 'select', clinic),
  policy('audit_head', 'directory', 'insert', clinic),
  policy('audit_head', 'directory', 'update', clinic),
  policy('audit_head', 'staff', 'select', `${clinic} and ${role} in ('OWNER', 'ADMIN', 'SYSTEM')`),
  policy('audit_entry', 'patient', 'select', `${clinic} and subject_id in (select directory.records_of(${patient}))`),
  ...alter('patient', 'doctor', `${clinic} and id in ${theirPatients}`),
  ...alter('patient_clinical', 'staff', staffsOwn),
  `alter policy staff_insert on patient_clinical with check (${staffsOwn})`,
  ...alter('patient_clinical', 'doctor', doctorsOwn),
  `alter policy doctor_insert on patient_clinical with check (${doctorsOwn})`,
  // A booking makes an opened record one of the doctor's for good.
  ...policies('care', ['staff'], ['update'], clinic),
  ...policies('care', ['doctor'], ['update'], `${clinic} and doctor_id = ${doctor}`),
  ...policies('care', ['patient'], ['update'], `${clinic} and patient_id = ${patient}`),
];

const grants = [
  `grant select on audit_head to clinigraph_staff, clinigraph_doctor, clinigraph_patient`,
  `grant select, insert, update on audit_head to clinigraph_directory`,
  `grant update (since, until, reason) on care to clinigraph_staff, clinigraph_doctor, clinigraph_patient`,
  // Who reads their own record's log sees who opened it and when, not from which address.
  `revoke select on audit_entry from clinigraph_patient`,
  `grant select (id, clinic_id, sequence, at, actor_name, role, action, subject_id) on audit_entry to clinigraph_patient`,
];

/** An audit trail that shows when somebody touched it, and a record that can be opened for an hour. */
export class AuditTrail extends Migration {
  override up(): void {
    for (const sql of [...tables, ...care, auditHash, chainEntry, recordsOf, ...chainWhatIsThere, ...chain])
      this.addSql(sql);
    // The function sets a parameter of pg_trgm, which a session knows once it has called it.
    this.addSql(`select similarity('', '')`);
    this.addSql(
      findPatients({ ofDoctor: ' and c.until is null', own: ` and (c.until is null or c.until > ${clinicNow})` }),
    );
    for (const sql of grants) this.addSql(sql);
    for (const sql of handToDirectory(['audit_hash(bytea, audit_entry)', 'chain_audit_entry()', 'records_of(uuid)']))
      this.addSql(sql);
    for (const sql of rowLevelSecurity) this.addSql(sql);
  }
}
