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
  role,
  setting,
} from './policies.ts';

const tables = [
  `create table visit (
    id uuid primary key,
    clinic_id uuid not null references clinic,
    appointment_id uuid not null,
    doctor_id uuid not null,
    patient_id uuid not null,
    service_id uuid not null,
    day date not null,
    queue_number integer not null,
    priority text not null check (priority in ('NORMAL', 'URGENT')),
    status text not null check (status in ('WAITING', 'CALLED', 'IN_PROGRESS', 'COMPLETED', 'LEFT')),
    checked_in_at timestamptz not null,
    called_at timestamptz,
    started_at timestamptz,
    completed_at timestamptz,
    left_reason text,
    follow_up_on date,
    updated_at timestamptz not null,
    version integer not null,
    unique (clinic_id, id),
    constraint visit_number unique (clinic_id, day, queue_number),
    constraint visit_appointment unique (clinic_id, appointment_id),
    check ((status = 'COMPLETED') = (completed_at is not null)),
    check (status <> 'IN_PROGRESS' or started_at is not null),
    foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
    foreign key (clinic_id, doctor_id) references doctor (clinic_id, id),
    foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    foreign key (clinic_id, service_id) references service (clinic_id, id))`,
  // One consultation of a day at a time for each doctor: the last word when two are sent in at once.
  `create unique index visit_one_consultation on visit (clinic_id, doctor_id, day) where status = 'IN_PROGRESS'`,
  `create index visit_day on visit (clinic_id, day, doctor_id)`,
  `create index visit_patient on visit (clinic_id, patient_id, checked_in_at, id)`,
  `create index visit_doctor on visit (clinic_id, doctor_id, checked_in_at, id)`,
  `create index visit_pace on visit (clinic_id, doctor_id, completed_at) where status = 'COMPLETED'`,
  `create index visit_service on visit (clinic_id, service_id)`,
  `create index visit_follow_up on visit (clinic_id, follow_up_on, id) where follow_up_on is not null`,
  `alter table visit add constraint visit_of_doctor unique (clinic_id, id, doctor_id)`,
  // What the doctor writes: a table of its own, because its readers are not the visit's.
  `create table consultation (
    visit_id uuid primary key,
    clinic_id uuid not null references clinic,
    doctor_id uuid not null,
    patient_id uuid not null,
    symptoms text,
    diagnosis text,
    notes text,
    eye_exam jsonb,
    locked_at timestamptz,
    updated_at timestamptz not null,
    version integer not null,
    unique (clinic_id, visit_id),
    foreign key (clinic_id, visit_id, doctor_id) references visit (clinic_id, id, doctor_id),
    foreign key (clinic_id, patient_id) references patient (clinic_id, id))`,
  `create index consultation_doctor on consultation (clinic_id, doctor_id)`,
  `create index consultation_patient on consultation (clinic_id, patient_id)`,
  `create table addendum (
    id uuid primary key,
    clinic_id uuid not null references clinic,
    visit_id uuid not null,
    doctor_id uuid not null,
    patient_id uuid not null,
    author_user_id uuid not null references user_account,
    text text not null,
    created_at timestamptz not null,
    unique (clinic_id, id),
    foreign key (clinic_id, visit_id) references consultation (clinic_id, visit_id),
    foreign key (clinic_id, patient_id) references patient (clinic_id, id))`,
  `create index addendum_visit on addendum (clinic_id, visit_id, created_at, id)`,
  `create index addendum_patient on addendum (clinic_id, patient_id)`,
  `create index addendum_author on addendum (author_user_id)`,
  // Measured by a nurse as a rule, and given to whoever the patient goes to after all.
  `create table vitals (
    visit_id uuid primary key,
    clinic_id uuid not null references clinic,
    doctor_id uuid not null,
    patient_id uuid not null,
    temperature numeric(4, 1),
    systolic integer,
    diastolic integer,
    pulse integer,
    weight numeric(5, 2),
    height numeric(4, 1),
    recorded_at timestamptz not null,
    unique (clinic_id, visit_id),
    foreign key (clinic_id, visit_id, doctor_id) references visit (clinic_id, id, doctor_id) on update cascade on delete cascade,
    foreign key (clinic_id, patient_id) references patient (clinic_id, id))`,
  `create index vitals_patient on vitals (clinic_id, patient_id, recorded_at)`,
  // The day's last number. Taken last of all locks, like all of a clinic's counters.
  `create table queue_counter (
    clinic_id uuid not null references clinic,
    day date not null,
    last_number integer not null,
    primary key (clinic_id, day))`,
];

/** What is theirs already, or about a patient who is: for good, or for the hour of an opened record. */
const readsAsDoctor = (table: string): string => `${clinic} and (doctor_id = ${doctor} or exists (select from care
  where care.clinic_id = ${table}.clinic_id and care.doctor_id = ${doctor} and care.patient_id = ${table}.patient_id
    and (care.until is null or care.until > ${clinicNow})))`;

/** An owner who treats reads what they wrote as a doctor, and nothing of others. */
const ownAsStaff = `${clinic} and (${role} = 'SYSTEM' or doctor_id = ${doctor})`;
const own = `${clinic} and doctor_id = ${doctor}`;
const ofPatient = `${clinic} and patient_id = ${patient}`;

const clinical = [
  ...['consultation', 'addendum', 'vitals'].flatMap((table) => [
    ...protect(table),
    policy(table, 'doctor', 'select', readsAsDoctor(table)),
    policy(table, 'directory', 'select', 'true'),
  ]),
  ...['consultation', 'addendum'].flatMap((table) => [
    policy(table, 'staff', 'select', ownAsStaff),
    ...policies(table, ['staff', 'doctor'], ['insert'], own),
  ]),
  ...policies('consultation', ['staff', 'doctor'], ['update'], `${own} and locked_at is null`),
  policy('consultation', 'directory', 'update', 'true'),
  policy('consultation', 'patient', 'select', `${ofPatient} and locked_at is not null`),
  policy('addendum', 'patient', 'select', ofPatient),
  policy('vitals', 'staff', 'select', `${clinic} and (${role} in ('NURSE', 'SYSTEM') or doctor_id = ${doctor})`),
  ...policies('vitals', ['staff'], ['insert', 'update'], `${clinic} and (${role} = 'NURSE' or doctor_id = ${doctor})`),
  ...policies('vitals', ['doctor'], ['insert', 'update'], own),
  policy('vitals', 'patient', 'select', ofPatient),
];

const rowLevelSecurity = [
  ...['visit', 'queue_counter', 'consultation', 'addendum', 'vitals'].flatMap(emptiable),
  ...protect('visit'),
  ...protect('queue_counter'),
  ...policies('visit', ['staff'], ['select', 'insert', 'update', 'delete'], clinic),
  ...policies('visit', ['doctor'], ['insert', 'update', 'delete'], `${clinic} and doctor_id = ${doctor}`),
  policy('visit', 'doctor', 'select', readsAsDoctor('visit')),
  policy('visit', 'patient', 'select', `${clinic} and patient_id = ${patient}`),
  policy('visit', 'directory', 'select', 'true'),
  ...policies('queue_counter', ['staff', 'doctor'], ['select', 'insert', 'update'], clinic),
];

const grants = [
  'grant select, insert, update, delete on visit to clinigraph_staff, clinigraph_doctor',
  'grant select on visit to clinigraph_patient, clinigraph_directory',
  'grant select, insert, update on consultation, vitals to clinigraph_staff, clinigraph_doctor',
  'grant select, insert on addendum to clinigraph_staff, clinigraph_doctor',
  'grant select on consultation, addendum, vitals to clinigraph_patient',
  'grant select on consultation to clinigraph_directory',
  'grant update (locked_at) on consultation to clinigraph_directory',
  'grant select, insert, update on queue_counter to clinigraph_staff, clinigraph_doctor',
  'grant select on queue_counter to clinigraph_patient',
];

/** How many of a doctor's last consultations, and how far back, make the pace. */
const paceOf = 20;
const paceDays = 60;

const directory = [
  // Where visits stand in their doctors' queues, without saying who the others are.
  `create function directory.queue_places(wanted uuid[])
    returns table (visit_id uuid, place bigint)
    language sql stable security definer set search_path = public, pg_temp
    as $$ select v.id, 1 + (select count(*) from visit other
        where other.clinic_id = v.clinic_id and other.day = v.day and other.doctor_id = v.doctor_id
          and other.status in ('WAITING', 'CALLED') and other.id <> v.id
          and (other.priority = 'URGENT' and v.priority <> 'URGENT'
            or other.priority = v.priority and (other.checked_in_at, other.queue_number) < (v.checked_in_at, v.queue_number)))
      from visit v
      where v.clinic_id = ${setting('clinic_id')} and v.id = any (wanted) and v.status in ('WAITING', 'CALLED') $$`,
  // Whether anything was written in a consultation, without saying what.
  `create function directory.has_notes(wanted uuid)
    returns boolean
    language sql stable security definer set search_path = public, pg_temp
    as $$ select exists (select from consultation where clinic_id = ${setting('clinic_id')} and visit_id = wanted) $$`,
  // Notes are locked when the visit is over, by whoever ended it; what they say nobody changes on the way.
  `create function directory.lock_notes(wanted uuid, at timestamptz)
    returns integer
    language plpgsql security definer set search_path = public, pg_temp
    as $$
    declare locked integer;
    begin
      update consultation c set locked_at = at from visit v
        where v.clinic_id = ${setting('clinic_id')} and v.id = wanted and v.status in ('COMPLETED', 'LEFT')
          and c.clinic_id = v.clinic_id and c.visit_id = v.id and c.locked_at is null;
      get diagnostics locked = row_count;
      return locked;
    end $$`,
  // How fast doctors are of late, and since when one is running today. Rows of figures, no names.
  `create function directory.doctor_paces(wanted uuid[], today date, at timestamptz)
    returns table (doctor_id uuid, median_seconds double precision, running_since timestamptz, in_queue bigint)
    language sql stable security definer set search_path = public, pg_temp
    as $$ select d.id,
        (select percentile_cont(0.5) within group (order by extract(epoch from late.completed_at - late.started_at)::double precision)
          from (select v.completed_at, v.started_at from visit v
            where v.clinic_id = ${setting('clinic_id')} and v.doctor_id = d.id and v.status = 'COMPLETED'
              and v.completed_at > at - interval '${paceDays} days'
            order by v.completed_at desc limit ${paceOf}) late),
        (select v.started_at from visit v
          where v.clinic_id = ${setting('clinic_id')} and v.doctor_id = d.id and v.day = today and v.status = 'IN_PROGRESS'),
        (select count(*) from visit v
          where v.clinic_id = ${setting('clinic_id')} and v.doctor_id = d.id and v.day = today and v.status in ('WAITING', 'CALLED'))
      from unnest(wanted) d(id) $$`,
];

const directoryFunctions = [
  'queue_places(uuid[])',
  'doctor_paces(uuid[], date, timestamptz)',
  'has_notes(uuid)',
  'lock_notes(uuid, timestamptz)',
];

/** Visits, what is written in them, and the queue of a day. */
export class Visits extends Migration {
  override up(): void {
    for (const sql of [...tables, ...rowLevelSecurity, ...clinical, ...grants, ...directory]) this.addSql(sql);
    for (const sql of handToDirectory(directoryFunctions)) this.addSql(sql);
  }
}
