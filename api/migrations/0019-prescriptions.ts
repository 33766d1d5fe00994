import { Migration } from '@mikro-orm/migrations';
import {
  clinic,
  clinicNow,
  doctor,
  emptiable,
  handToDirectory,
  patient,
  policies,
  policy,
  protect,
  setting,
} from './policies.ts';

/** What is prescribed stands in one column: it is written once, read as a whole, and never searched across patients. */
const tables = [
  `create table prescription (
    id uuid primary key,
    clinic_id uuid not null references clinic,
    visit_id uuid not null,
    doctor_id uuid not null,
    patient_id uuid not null,
    items jsonb not null check (jsonb_typeof(items) = 'array' and jsonb_array_length(items) between 1 and 30),
    instructions text,
    overridden_warnings text[] not null,
    created_at timestamptz not null,
    voided_at timestamptz,
    void_reason text,
    unique (clinic_id, id),
    check ((voided_at is null) = (void_reason is null)),
    foreign key (clinic_id, visit_id, doctor_id) references visit (clinic_id, id, doctor_id),
    foreign key (clinic_id, patient_id) references patient (clinic_id, id))`,
  `create index prescription_visit on prescription (clinic_id, visit_id, created_at, id)`,
  `create index prescription_patient on prescription (clinic_id, patient_id, created_at)`,
  `create index prescription_doctor on prescription (clinic_id, doctor_id, created_at)`,
];

/** A doctor's own, and those of patients who are theirs: for good, or for the hour of an opened record. */
const readsAsDoctor = `${clinic} and (doctor_id = ${doctor} or exists (select from care
  where care.clinic_id = prescription.clinic_id and care.doctor_id = ${doctor} and care.patient_id = prescription.patient_id
    and (care.until is null or care.until > ${clinicNow})))`;

const own = `${clinic} and doctor_id = ${doctor}`;

const rowLevelSecurity = [
  ...emptiable('prescription'),
  ...protect('prescription'),
  // Nurses, the front desk for payment, admins and owners.
  policy('prescription', 'staff', 'select', clinic),
  policy('prescription', 'doctor', 'select', readsAsDoctor),
  policy('prescription', 'patient', 'select', `${clinic} and patient_id = ${patient}`),
  policy('prescription', 'directory', 'select', 'true'),
  ...policies('prescription', ['staff', 'doctor'], ['insert'], own),
  // Never edited: once, and by whoever wrote it, it becomes void.
  ...['staff', 'doctor'].map(
    (kind) => `create policy ${kind}_update on prescription for update to clinigraph_${kind}
      using (${own} and voided_at is null) with check (${own} and voided_at is not null)`,
  ),
  policy('prescription', 'directory', 'update', clinic),
];

const grants = [
  'grant select, insert on prescription to clinigraph_staff, clinigraph_doctor',
  'grant update (voided_at, void_reason) on prescription to clinigraph_staff, clinigraph_doctor',
  'grant select on prescription to clinigraph_patient, clinigraph_directory',
  'grant update (patient_id) on prescription to clinigraph_directory',
];

const directory = [
  // Moves prescriptions along when their patient's record was merged: see move_visits.
  `create function directory.move_prescriptions(from_patient uuid)
    returns integer
    language plpgsql security definer set search_path = public, pg_temp
    as $$
    declare
      keeper uuid;
      moved integer;
    begin
      select p.merged_into into keeper from patient p
        where p.clinic_id = ${setting('clinic_id')} and p.id = from_patient;
      if keeper is null then
        return 0;
      end if;
      update prescription set patient_id = keeper where clinic_id = ${setting('clinic_id')} and patient_id = from_patient;
      get diagnostics moved = row_count;
      return moved;
    end $$`,
  // A prescription is something written as well: such a visit stays with its doctor, and its check-in is not undone.
  'drop function directory.has_notes(uuid)',
  `create function directory.has_notes(wanted uuid)
    returns boolean
    language sql stable security definer set search_path = public, pg_temp
    as $$ select exists (select from consultation where clinic_id = ${setting('clinic_id')} and visit_id = wanted)
      or exists (select from prescription where clinic_id = ${setting('clinic_id')} and visit_id = wanted) $$`,
];

/** What doctors prescribe. */
export class Prescriptions extends Migration {
  override up(): void {
    for (const sql of [...tables, ...rowLevelSecurity, ...grants, ...directory]) this.addSql(sql);
    for (const sql of handToDirectory(['move_prescriptions(uuid)', 'has_notes(uuid)'])) this.addSql(sql);
  }
}
