import { Migration } from '@mikro-orm/migrations';
import { clinic, doctor, emptiable, patient, policy, protect, role, setting, theirPatients, user } from './policies.ts';

const tables = [
  `create table attachment (
    id uuid primary key,
    clinic_id uuid not null references clinic,
    patient_id uuid not null,
    visit_id uuid,
    file_name text not null,
    content_type text not null
      check (content_type in ('application/pdf', 'image/png', 'image/jpeg', 'image/webp', 'application/dicom')),
    size integer not null check (size > 0),
    status text not null check (status in ('PENDING', 'READY', 'REMOVED')),
    uploaded_by_user_id uuid not null references user_account,
    uploaded_by_name text not null,
    created_at timestamptz not null,
    arrived_at timestamptz,
    storage_key text unique,
    sha256 text,
    removed_at timestamptz,
    removed_by_user_id uuid references user_account,
    removal_reason text,
    unique (clinic_id, id),
    check ((status = 'PENDING') = (arrived_at is null)),
    check ((arrived_at is null) = (storage_key is null) and (arrived_at is null) = (sha256 is null)),
    check ((status = 'REMOVED') = (removed_at is not null)),
    check ((removed_at is null) = (removal_reason is null) and (removed_at is null) = (removed_by_user_id is null)),
    foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    foreign key (clinic_id, visit_id) references visit (clinic_id, id))`,
  `create index attachment_patient on attachment (clinic_id, patient_id, created_at, id)`,
  `create index attachment_visit on attachment (clinic_id, visit_id, created_at, id) where visit_id is not null`,
  `create index attachment_uploader on attachment (uploaded_by_user_id)`,
  `create index attachment_remover on attachment (removed_by_user_id) where removed_by_user_id is not null`,
];

/** Whoever begins an upload sees what came of it until the bytes are there; from then on a file has its readers. */
const begun = `status = 'PENDING' and uploaded_by_user_id = ${user}`;

/** A record that was opened in an emergency is open for reading, not for filing. */
const keptPatients = `(select patient_id from care where clinic_id = ${setting('clinic_id')} and doctor_id = ${doctor}
  and until is null)`;

const rowLevelSecurity = [
  ...protect('attachment'),
  ...emptiable('attachment'),
  policy(
    'attachment',
    'staff',
    'select',
    `${clinic} and (${role} = 'SYSTEM' or ${begun}
      or status = 'READY' and (${role} = 'NURSE' or patient_id in ${theirPatients}))`,
  ),
  policy(
    'attachment',
    'staff',
    'insert',
    `${clinic} and ${begun} and (${role} in ('NURSE', 'RECEPTIONIST') or patient_id in ${keptPatients})`,
  ),
  policy('attachment', 'staff', 'update', `${clinic} and ${role} = 'SYSTEM'`),
  policy('attachment', 'staff', 'delete', `${clinic} and ${role} = 'SYSTEM' and status = 'PENDING'`),
  policy(
    'attachment',
    'doctor',
    'select',
    `${clinic} and (${begun} or status = 'READY' and patient_id in ${theirPatients})`,
  ),
  policy('attachment', 'doctor', 'insert', `${clinic} and ${begun} and patient_id in ${keptPatients}`),
  policy('attachment', 'patient', 'select', `${clinic} and patient_id = ${patient} and (${begun} or status = 'READY')`),
  policy('attachment', 'patient', 'insert', `${clinic} and ${begun} and patient_id = ${patient}`),
];

const grants = [
  'grant select, insert, update, delete on attachment to clinigraph_staff',
  'grant select, insert on attachment to clinigraph_doctor, clinigraph_patient',
];

/** Files of patients. Their bytes lie in the file store. */
export class Attachments extends Migration {
  override up(): void {
    for (const sql of [...tables, ...rowLevelSecurity, ...grants]) this.addSql(sql);
  }
}
