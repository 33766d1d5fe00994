import { Migration } from '@mikro-orm/migrations';
import { findPatients } from './find-patients.ts';
import { all, clinic, handToDirectory, policies, policy, protect, role, setting, user } from './policies.ts';

const columns = [
  `alter table patient
    add column updated_by_name text,
    add column preferences_updated_by_name text,
    add column merged_into uuid,
    add column import_id uuid`,
  `create table patient_import (
    id uuid primary key,
    clinic_id uuid not null references clinic,
    created_count integer not null check (created_count >= 0),
    by_name text not null,
    created_at timestamptz not null,
    undone_at timestamptz,
    unique (clinic_id, id))`,
  // How far a running import is. Written beside its transaction, so that others can read it before the commit.
  `create table import_progress (
    clinic_id uuid not null references clinic,
    user_id uuid not null references user_account,
    key text not null,
    processed integer not null,
    total integer not null,
    is_done boolean not null,
    updated_at timestamptz not null,
    primary key (clinic_id, user_id, key))`,
  `create index import_progress_user on import_progress (user_id)`,
  `create index import_progress_age on import_progress (clinic_id, updated_at)`,
  `alter table patient
    add constraint patient_merged_into foreign key (clinic_id, merged_into) references patient (clinic_id, id),
    add constraint patient_import foreign key (clinic_id, import_id) references patient_import (clinic_id, id)`,
  `create index patient_merged on patient (clinic_id, merged_into) where merged_into is not null`,
  `create index patient_imported on patient (clinic_id, import_id) where import_id is not null`,
  `create index patient_birth_date on patient (clinic_id, birth_date)`,
  // The clinic leads, so that a small clinic never reads a large one's names. Without fastupdate no search ever has to
  // walk through a list of pending entries after an import.
  `create index patient_search on patient
    using gin (clinic_id, name_folded gin_trgm_ops, phone gin_trgm_ops) with (fastupdate = off)`,
];

const rowLevelSecurity = [
  ...policies('patient_import', ['staff'], ['select', 'insert', 'update'], clinic),
  ...policies('import_progress', ['staff'], all, `${clinic} and (user_id = ${user} or ${role} = 'SYSTEM')`),
  // Only an import can be taken back, and only by the use case that has looked at every row.
  policy('patient', 'staff', 'delete', `${clinic} and ${role} = 'SYSTEM' and import_id is not null`),
  policy('care', 'directory', 'select', 'true'),
  policy('appointment_event', 'directory', 'select', clinic),
  policy('appointment_event', 'directory', 'update', clinic),
];

const grants = [
  'grant select, insert, update on patient_import to clinigraph_staff, clinigraph_doctor, clinigraph_patient',
  'grant select, insert, update, delete on import_progress to clinigraph_staff, clinigraph_doctor, clinigraph_patient',
  'grant select on care to clinigraph_directory',
  'grant select, update (patient_id) on appointment_event to clinigraph_directory',
];

/**
 * Moves an appointment's history along when its patient's record was merged. The table stays append-only for everybody:
 * this alone may change whose a line is, and only from a record to the one it was merged into in the caller's clinic.
 */
const moveAppointmentEvents = `create function directory.move_appointment_events(from_patient uuid)
  returns integer
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
  declare
    moved integer;
  begin
    update appointment_event e set patient_id = p.merged_into
      from patient p
      where p.clinic_id = ${setting('clinic_id')} and p.id = from_patient and p.merged_into is not null
        and e.clinic_id = p.clinic_id and e.patient_id = p.id;
    get diagnostics moved = row_count;
    return moved;
  end $$`;

/** Finding, changing, merging and importing patients. */
export class Patients extends Migration {
  override async up(): Promise<void> {
    this.addSql('create extension if not exists pg_trgm');
    this.addSql('create extension if not exists btree_gin');
    for (const sql of columns) this.addSql(sql);
    for (const sql of ['patient_import', 'import_progress'].flatMap(protect)) this.addSql(sql);
    for (const sql of [...rowLevelSecurity, ...grants, findPatients(), moveAppointmentEvents]) this.addSql(sql);
    for (const sql of handToDirectory([
      'find_patients(text[], text, text, boolean, uuid, integer)',
      'move_appointment_events(uuid)',
    ]))
      this.addSql(sql);
  }
}
