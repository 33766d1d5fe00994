import { Migration } from '@mikro-orm/migrations';
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
 * Finds the best matches of a search and scores them, the higher the better: record number, whole name, beginning of the
 * name or part of the phone number, beginnings of words, parts of words, and then misspellings by likeness.
 *
 * LIKE and trigram operators are not leakproof: behind row-level security they would lose their index. So this looks
 * past the policies, narrows to the clinic and to the caller's own patients by itself, and hands out ids alone; the
 * query that joins them is held to the policies once more.
 */
const findPatients = `create function directory.find_patients(
    words text[], record text, digits text, is_archived boolean, of_doctor uuid, at_most integer)
  returns table (patient_id uuid, score integer)
  language plpgsql stable security definer rows 200
  set search_path = public, pg_temp
  set pg_trgm.word_similarity_threshold = 0.45
  as $$
  declare
    here uuid := ${setting('clinic_id')};
    whole text := array_to_string(words, ' ');
    scope text;
    ways text[] := '{}';
    each text;
    pattern text;
    parts text[] := '{}';
    begins text[] := '{}';
    alike text[] := '{}';
    likeness text[] := '{}';
    can_misspell boolean := false;
    found_count integer;
  begin
    if here is null then return; end if;
    scope := format('clinic_id = %L and archived_at is %s null', here, case when is_archived then 'not' else '' end);
    if of_doctor is not null then
      scope := scope || format(' and id in (select c.patient_id from care c where c.clinic_id = %L and c.doctor_id = %L)',
        here, of_doctor);
    end if;
    case current_setting('app.role', true)
      when 'DOCTOR' then
        scope := scope || format(' and id in (select c.patient_id from care c where c.clinic_id = %L and c.doctor_id = %L)',
          here, ${setting('doctor_id')});
      when 'PATIENT' then
        scope := scope || format(' and id = %L', ${setting('patient_id')});
      else null;
    end case;
    foreach each in array words loop
      pattern := replace(replace(replace(each, '\\', '\\\\'), '%', '\\%'), '_', '\\_');
      begins := begins || format('('' '' || name_folded) like %L', '% ' || pattern || '%');
      if length(each) < 3 and each ~ '^[[:alnum:]]+$' then
        -- Two letters have no trigram inside a word, but one at its beginning.
        parts := parts || format('(name_folded like %L or name_folded like %L)', pattern || '%', '% ' || pattern || '%');
        alike := alike || parts[cardinality(parts)];
      else
        parts := parts || format('name_folded like %L', '%' || pattern || '%');
        if length(each) >= 4 and each ~ '^[[:alpha:]]+$' then
          can_misspell := true;
          alike := alike || format('(%L <%% name_folded or %s)', each, parts[cardinality(parts)]);
        else
          alike := alike || parts[cardinality(parts)];
        end if;
      end if;
      likeness := likeness || format('word_similarity(%L, name_folded)', each);
    end loop;
    pattern := replace(replace(replace(whole, '\\', '\\\\'), '%', '\\%'), '_', '\\_');
    if cardinality(words) > 0 then
      ways := ways || format($sql$ select id, 1000 * case when name_folded = %L then 8 when name_folded like %L then 7
          when %s then 6 else 5 end + greatest(0, 999 - length(name_folded)) as score
        from patient where %s and %s $sql$, whole, pattern || '%', array_to_string(begins, ' and '), scope,
        array_to_string(parts, ' and '));
    end if;
    if record is not null then
      ways := ways || format(' select id, 9000 as score from patient where %s and record_number = %L ', scope, record);
    end if;
    if digits is not null then
      ways := ways || format(' select id, 7000 as score from patient where %s and phone like %L ', scope, '%' || digits || '%');
    end if;
    if cardinality(ways) = 0 then return; end if;
    return query execute format('select id, max(score) from (%s) ways group by id order by 2 desc, id desc limit %s',
      array_to_string(ways, ' union all '), at_most);
    get diagnostics found_count = row_count;
    if found_count >= at_most or not can_misspell then return; end if;
    return query execute format($sql$ select id, (1000 + round(999 * (%s) / %s))::integer from patient
      where %s and %s and not (%s) order by 2 desc, id desc limit %s $sql$,
      array_to_string(likeness, ' + '), cardinality(words), scope, array_to_string(alike, ' and '),
      array_to_string(parts, ' and '), at_most - found_count);
  end $$`;

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
    for (const sql of [...rowLevelSecurity, ...grants, findPatients, moveAppointmentEvents]) this.addSql(sql);
    for (const sql of handToDirectory([
      'find_patients(text[], text, text, boolean, uuid, integer)',
      'move_appointment_events(uuid)',
    ]))
      this.addSql(sql);
  }
}
