import { Migration } from '@mikro-orm/migrations';
import {
  all,
  clinic,
  doctor,
  everyone,
  handToDirectory,
  patient,
  policies,
  policy,
  protect,
  role,
  setting,
  user,
  type Command,
} from './policies.ts';

const clinicsAndAccounts = [
  `create table clinic (
    id uuid primary key,
    slug text not null constraint clinic_slug_key unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    name text not null,
    address text,
    phone text,
    time_zone text not null,
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    locale text not null,
    tax_number text,
    sandbox boolean not null,
    reminder_lead_hours integer[] not null,
    close_out_policy text not null check (close_out_policy in ('AFTER_PAYMENT', 'ON_CONSULTATION_COMPLETED')),
    no_show_after_minutes integer not null check (no_show_after_minutes between 1 and 1440),
    self_service_cutoff_hours integer not null check (self_service_cutoff_hours between 0 and 720),
    default_doctor_share_percent numeric(5, 2) not null check (default_doctor_share_percent between 0 and 100),
    tax_percent numeric(5, 2) not null check (tax_percent between 0 and 100),
    request_policy text not null check (request_policy in ('DOCTOR', 'FRONT_DESK', 'AUTOMATIC')),
    created_at timestamptz not null)`,
  `create table clinic_head (
    clinic_id uuid primary key references clinic,
    event_sequence bigint not null,
    record_number bigint not null)`,
  `create table user_account (
    id uuid primary key,
    email text not null,
    email_folded text not null constraint user_account_email_key unique,
    password_hash text not null,
    locale text not null,
    phone text,
    created_at timestamptz not null)`,
  `create table membership (
    id uuid primary key,
    clinic_id uuid not null references clinic,
    user_id uuid not null references user_account,
    display_name text not null,
    role text not null check (role in ('OWNER', 'ADMIN', 'DOCTOR', 'NURSE', 'RECEPTIONIST', 'PATIENT')),
    active boolean not null,
    accepted_at timestamptz,
    created_at timestamptz not null,
    unique (clinic_id, id),
    constraint membership_user_key unique (clinic_id, user_id))`,
  `create index membership_user on membership (user_id)`,
  `create table session (
    id uuid primary key,
    user_id uuid not null references user_account,
    current_clinic_id uuid not null references clinic,
    user_agent text,
    ip_address text,
    created_at timestamptz not null,
    last_used_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz)`,
  `create index session_of_user on session (user_id)`,
  `create index session_clinic on session (current_clinic_id)`,
  `create table refresh_token (
    id uuid primary key,
    session_id uuid not null references session,
    user_id uuid not null references user_account,
    token_hash text not null constraint refresh_token_hash_key unique,
    created_at timestamptz not null,
    used_at timestamptz)`,
  `create index refresh_token_session on refresh_token (session_id)`,
  `create index refresh_token_user on refresh_token (user_id)`,
  `create table doctor (
    id uuid primary key,
    clinic_id uuid not null references clinic,
    user_id uuid references user_account,
    name text not null,
    specialty text,
    licence_number text,
    active boolean not null,
    created_at timestamptz not null,
    unique (clinic_id, id),
    unique (clinic_id, user_id))`,
  `create index doctor_user on doctor (user_id)`,
  `create table doctor_terms (
    clinic_id uuid not null,
    doctor_id uuid primary key,
    share_percent numeric(5, 2) not null check (share_percent between 0 and 100),
    foreign key (clinic_id, doctor_id) references doctor (clinic_id, id))`,
  `create index doctor_terms_clinic on doctor_terms (clinic_id, doctor_id)`,
];

const servicesAndSchedules = [
  `create table service (
    id uuid primary key,
    clinic_id uuid not null references clinic,
    name text not null,
    duration_minutes integer not null check (duration_minutes between 5 and 480),
    price_minor bigint not null check (price_minor >= 0),
    tax_percent numeric(5, 2) check (tax_percent between 0 and 100),
    archived_at timestamptz,
    created_at timestamptz not null,
    unique (clinic_id, id))`,
  `create table doctor_service (
    clinic_id uuid not null,
    doctor_id uuid not null,
    service_id uuid not null,
    primary key (clinic_id, doctor_id, service_id),
    foreign key (clinic_id, doctor_id) references doctor (clinic_id, id),
    foreign key (clinic_id, service_id) references service (clinic_id, id))`,
  `create index doctor_service_service on doctor_service (clinic_id, service_id)`,
  `create table schedule_block (
    id uuid primary key,
    clinic_id uuid not null,
    doctor_id uuid not null,
    weekday text not null check (weekday in ('MONDAY','TUESDAY','WEDNESDAY','THURSDAY','FRIDAY','SATURDAY','SUNDAY')),
    starts_at time not null,
    ends_at time not null check (ends_at > starts_at),
    slot_minutes integer not null check (slot_minutes between 5 and 240),
    unique (clinic_id, id),
    foreign key (clinic_id, doctor_id) references doctor (clinic_id, id))`,
  `create index schedule_block_doctor on schedule_block (clinic_id, doctor_id)`,
  `create table time_off (
    id uuid primary key,
    clinic_id uuid not null references clinic,
    doctor_id uuid,
    starts_at timestamptz not null,
    ends_at timestamptz not null check (ends_at > starts_at),
    reason text,
    created_at timestamptz not null,
    unique (clinic_id, id),
    foreign key (clinic_id, doctor_id) references doctor (clinic_id, id))`,
  `create index time_off_doctor on time_off (clinic_id, doctor_id, starts_at)`,
];

const patients = [
  `create table patient (
    id uuid primary key,
    clinic_id uuid not null references clinic,
    user_id uuid references user_account,
    record_number text not null,
    first_name text not null,
    last_name text,
    name_folded text not null,
    birth_date date,
    birth_date_estimated boolean not null,
    sex text not null check (sex in ('FEMALE', 'MALE', 'OTHER', 'UNKNOWN')),
    phone text,
    email text,
    address text,
    email_consent boolean not null,
    sms_consent boolean not null,
    marketing_consent boolean not null,
    preferences_updated_at timestamptz not null,
    archived_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null,
    unique (clinic_id, id),
    unique (clinic_id, record_number),
    unique (clinic_id, user_id))`,
  `create index patient_user on patient (user_id)`,
  `create index patient_name on patient (clinic_id, name_folded, id)`,
  `create index patient_newest on patient (clinic_id, created_at, id)`,
  `create index patient_phone on patient (clinic_id, phone)`,
  `create table patient_clinical (
    clinic_id uuid not null,
    patient_id uuid primary key,
    allergies text[] not null,
    medical_history text,
    updated_at timestamptz not null,
    foreign key (clinic_id, patient_id) references patient (clinic_id, id))`,
  `create index patient_clinical_patient on patient_clinical (clinic_id, patient_id)`,
  `create table care (
    clinic_id uuid not null,
    doctor_id uuid not null,
    patient_id uuid not null,
    since timestamptz not null,
    primary key (clinic_id, doctor_id, patient_id),
    foreign key (clinic_id, doctor_id) references doctor (clinic_id, id),
    foreign key (clinic_id, patient_id) references patient (clinic_id, id))`,
  `create index care_patient on care (clinic_id, patient_id)`,
];

const appointments = [
  `create table appointment (
    id uuid primary key,
    clinic_id uuid not null,
    doctor_id uuid not null,
    patient_id uuid not null,
    service_id uuid not null,
    status text not null check (status in ('REQUESTED','APPROVED','REJECTED','CANCELLED','CHECKED_IN','NO_SHOW','TREATED')),
    source text not null check (source in ('PATIENT', 'STAFF', 'WALK_IN', 'PARTNER')),
    starts_at timestamptz not null,
    ends_at timestamptz not null check (ends_at > starts_at),
    reason text,
    note text,
    overbook_reason text,
    holds_slot boolean not null check (not holds_slot or (status in ('APPROVED', 'CHECKED_IN') and overbook_reason is null)),
    confirmed_by_patient_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null,
    unique (clinic_id, id),
    foreign key (clinic_id, doctor_id) references doctor (clinic_id, id),
    foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    foreign key (clinic_id, service_id) references service (clinic_id, id),
    constraint appointment_doctor_overlap exclude using gist
      (clinic_id with =, doctor_id with =, tstzrange(starts_at, ends_at, '[)') with &&) where (holds_slot),
    constraint appointment_patient_overlap exclude using gist
      (clinic_id with =, patient_id with =, tstzrange(starts_at, ends_at, '[)') with &&) where (holds_slot))`,
  `create index appointment_start on appointment (clinic_id, starts_at, id)`,
  `create index appointment_created on appointment (clinic_id, created_at, id)`,
  `create index appointment_doctor on appointment (clinic_id, doctor_id, starts_at, id)`,
  `create index appointment_patient on appointment (clinic_id, patient_id, starts_at, id)`,
  `create index appointment_service on appointment (clinic_id, service_id)`,
  `create index appointment_open on appointment (clinic_id, status, starts_at, id)
    where status in ('REQUESTED', 'APPROVED', 'CHECKED_IN')`,
  `create table appointment_event (
    id uuid primary key,
    clinic_id uuid not null,
    appointment_id uuid not null,
    doctor_id uuid not null,
    patient_id uuid not null,
    version integer not null,
    type text not null,
    at timestamptz not null,
    actor_name text not null,
    from_status text,
    to_status text not null,
    previous_starts_at timestamptz,
    note text,
    foreign key (clinic_id, appointment_id) references appointment (clinic_id, id))`,
  `create unique index appointment_event_order on appointment_event (clinic_id, appointment_id, version)`,
];

const factsAndMessages = [
  `create table event (
    clinic_id uuid not null references clinic,
    sequence bigint not null,
    id uuid not null unique,
    type text not null,
    subject_id uuid not null,
    payload jsonb not null,
    at timestamptz not null,
    primary key (clinic_id, sequence))`,
  `create index event_at on event (clinic_id, at)`,
  `create table audit_entry (
    id uuid primary key,
    clinic_id uuid not null references clinic,
    at timestamptz not null,
    actor_user_id uuid,
    actor_name text not null,
    role text,
    action text not null,
    subject_id uuid,
    changes jsonb,
    ip_address text)`,
  `create index audit_entry_at on audit_entry (clinic_id, at, id)`,
  `create index audit_entry_subject on audit_entry (clinic_id, subject_id, at)`,
  `create table notification (
    id uuid primary key,
    clinic_id uuid not null references clinic,
    cause_event_id uuid not null,
    recipient_user_id uuid references user_account,
    recipient_name text not null,
    patient_id uuid,
    doctor_id uuid,
    appointment_id uuid,
    type text not null,
    title text not null,
    body text not null,
    outside_body text not null,
    read_at timestamptz,
    created_at timestamptz not null,
    unique (clinic_id, id),
    foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    foreign key (clinic_id, appointment_id) references appointment (clinic_id, id))`,
  // One message for one cause and one recipient, however often its handler runs.
  `create unique index notification_once on notification
    (clinic_id, cause_event_id, type, coalesce(recipient_user_id, patient_id))`,
  `create index notification_recipient on notification (clinic_id, recipient_user_id, created_at, id)`,
  `create index notification_unread on notification (clinic_id, recipient_user_id) where read_at is null`,
  `create index notification_patient on notification (clinic_id, patient_id, created_at)`,
  `create index notification_appointment on notification (clinic_id, appointment_id, created_at, id)`,
  `create index notification_user on notification (recipient_user_id)`,
  `create table delivery (
    id uuid primary key,
    clinic_id uuid not null,
    notification_id uuid not null,
    recipient_user_id uuid,
    doctor_id uuid,
    channel text not null check (channel in ('IN_APP', 'EMAIL', 'SMS')),
    status text not null check (status in ('QUEUED', 'SENT', 'DELIVERED', 'FAILED', 'SKIPPED', 'CANCELLED')),
    attempts integer not null,
    error text,
    due_at timestamptz not null,
    sent_at timestamptz,
    updated_at timestamptz not null,
    unique (clinic_id, id),
    constraint delivery_once unique (clinic_id, notification_id, channel),
    foreign key (clinic_id, notification_id) references notification (clinic_id, id))`,
  `create index delivery_due on delivery (clinic_id, due_at) where status = 'QUEUED'`,
  // The built-in inbox: what would have left the building when no mail server is set. Development and demo only.
  `create table captured_message (
    id uuid primary key,
    channel text not null,
    recipient text not null,
    subject text not null,
    body text not null,
    at timestamptz not null)`,
  `create index captured_message_at on captured_message (at)`,
];

/** As it was before a record could be opened for an hour: see 0006-audit.ts. */
const theirPatients = `(select patient_id from care where clinic_id = ${setting('clinic_id')} and doctor_id = ${doctor})`;

/** Whose rows: every clinic its own; a doctor and a patient theirs. */
const rowLevelSecurity = [
  ...policies('clinic', everyone, ['select'], `id = ${setting('clinic_id')}`),
  ...policies('clinic', ['staff'], ['insert', 'update'], `id = ${setting('clinic_id')}`),
  ...policies('clinic_head', everyone, ['select', 'insert', 'update'], clinic),
  ...policies('user_account', ['doctor', 'patient'], ['select', 'insert', 'update'], `id = ${user}`),
  ...policies('user_account', ['staff'], ['insert', 'update'], `id = ${user}`),
  policy(
    'user_account',
    'staff',
    'select',
    `id = ${user} or (${role} in ('OWNER', 'ADMIN')
    and id in (select user_id from membership where ${clinic}))`,
  ),
  policy('user_account', 'directory', 'select', 'true'),
  ...policies('membership', ['staff'], all, clinic),
  policy('membership', 'doctor', 'select', clinic),
  policy('membership', 'patient', 'select', `${clinic} and user_id = ${user}`),
  policy('membership', 'directory', 'select', 'true'),
  ...policies('session', everyone, all, `user_id = ${user}`),
  policy('session', 'directory', 'select', 'true'),
  ...policies('refresh_token', everyone, all, `user_id = ${user}`),
  policy('refresh_token', 'directory', 'select', 'true'),
  ...policies('doctor', everyone, ['select'], clinic),
  ...policies('doctor', ['staff'], ['insert', 'update'], clinic),
  policy('doctor', 'directory', 'select', 'true'),
  ...policies(
    'doctor_terms',
    ['staff'],
    all,
    `${clinic} and (${role} in ('OWNER', 'SYSTEM') or doctor_id = ${doctor})`,
  ),
  policy('doctor_terms', 'doctor', 'select', `${clinic} and doctor_id = ${doctor}`),
  ...policies('service', everyone, ['select'], clinic),
  ...policies('service', ['staff'], ['insert', 'update'], clinic),
  ...policies('doctor_service', everyone, ['select'], clinic),
  ...policies('doctor_service', ['staff'], ['insert', 'delete'], clinic),
  ...policies('schedule_block', everyone, ['select'], clinic),
  ...policies('schedule_block', ['staff'], ['insert', 'update', 'delete'], clinic),
  ...policies('schedule_block', ['doctor'], ['insert', 'update', 'delete'], `${clinic} and doctor_id = ${doctor}`),
  ...policies('time_off', ['staff'], all, clinic),
  policy('time_off', 'doctor', 'select', clinic),
  ...policies('time_off', ['doctor'], ['insert', 'update', 'delete'], `${clinic} and doctor_id = ${doctor}`),
  policy('time_off', 'directory', 'select', 'true'),
  ...policies('patient', ['staff'], ['select', 'insert', 'update'], clinic),
  ...policies('patient', ['doctor'], ['select', 'update'], `${clinic} and id in ${theirPatients}`),
  policy('patient', 'doctor', 'insert', clinic),
  ...policies('patient', ['patient'], ['select', 'update'], `${clinic} and id = ${patient}`),
  policy('patient', 'directory', 'select', 'true'),
  ...policies(
    'patient_clinical',
    ['staff'],
    ['select', 'insert', 'update'],
    `${clinic} and (${role} in ('NURSE', 'SYSTEM') or patient_id in ${theirPatients})`,
  ),
  ...policies(
    'patient_clinical',
    ['doctor'],
    ['select', 'insert', 'update'],
    `${clinic} and patient_id in ${theirPatients}`,
  ),
  policy('patient_clinical', 'patient', 'select', `${clinic} and patient_id = ${patient}`),
  ...policies('care', ['staff'], ['select', 'insert'], clinic),
  ...policies('care', ['doctor'], ['select', 'insert'], `${clinic} and doctor_id = ${doctor}`),
  ...policies('care', ['patient'], ['select', 'insert'], `${clinic} and patient_id = ${patient}`),
  ...['appointment', 'appointment_event'].flatMap((table) => {
    const commands: Command[] = table === 'appointment' ? ['select', 'insert', 'update'] : ['select', 'insert'];
    return [
      ...policies(table, ['staff'], commands, clinic),
      ...policies(table, ['doctor'], commands, `${clinic} and doctor_id = ${doctor}`),
      ...policies(table, ['patient'], commands, `${clinic} and patient_id = ${patient}`),
    ];
  }),
  policy('appointment', 'directory', 'select', 'true'),
  ...policies('event', everyone, ['insert'], clinic),
  policy('event', 'staff', 'select', `${clinic} and ${role} = 'SYSTEM'`),
  ...policies('audit_entry', everyone, ['insert'], clinic),
  policy('audit_entry', 'staff', 'select', `${clinic} and ${role} in ('OWNER', 'ADMIN', 'SYSTEM')`),
  ...policies('notification', everyone, ['insert'], clinic),
  ...policies('notification', ['staff'], ['select', 'update'], clinic),
  policy('notification', 'doctor', 'select', `${clinic} and (recipient_user_id = ${user} or doctor_id = ${doctor})`),
  policy('notification', 'doctor', 'update', `${clinic} and recipient_user_id = ${user}`),
  ...policies('notification', ['patient'], ['select', 'update'], `${clinic} and recipient_user_id = ${user}`),
  ...policies('delivery', everyone, ['insert'], clinic),
  ...policies('delivery', ['staff'], ['select', 'update'], clinic),
  ...policies(
    'delivery',
    ['doctor', 'patient'],
    ['select'],
    `${clinic} and notification_id in (select id from notification where clinic_id = ${setting('clinic_id')} and recipient_user_id = ${user})`,
  ),
  policy('delivery', 'directory', 'select', 'true'),
  policy('clinic', 'directory', 'select', 'true'),
];

const protectedTables = [
  'clinic',
  'clinic_head',
  'user_account',
  'membership',
  'session',
  'refresh_token',
  'doctor',
  'doctor_terms',
  'service',
  'doctor_service',
  'schedule_block',
  'time_off',
  'patient',
  'patient_clinical',
  'care',
  'appointment',
  'appointment_event',
  'event',
  'audit_entry',
  'notification',
  'delivery',
];

/** Facts are written once: the app's roles hold no right to change or remove them. */
const appendOnly = ['appointment_event', 'event', 'audit_entry', 'care'];

const grants = [
  `grant usage on schema public, directory to clinigraph_staff, clinigraph_doctor, clinigraph_patient`,
  `grant usage on schema public to clinigraph_directory`,
  ...protectedTables
    .filter((table) => table !== 'user_account')
    .map((table) => {
      const rights = appendOnly.includes(table) ? 'select, insert' : 'select, insert, update, delete';
      return `grant ${rights} on ${table} to clinigraph_staff, clinigraph_doctor, clinigraph_patient`;
    }),
  // A password's hash is written and changed by the app; only the directory reads it.
  `grant insert on user_account to clinigraph_staff, clinigraph_doctor, clinigraph_patient`,
  `grant select (id, email, email_folded, locale, phone, created_at), update (password_hash, locale, phone)
    on user_account to clinigraph_staff, clinigraph_doctor, clinigraph_patient`,
  `grant select, insert, delete on captured_message to clinigraph_staff`,
  `grant select on user_account, membership, session, refresh_token, doctor, patient, clinic, appointment, time_off, delivery
    to clinigraph_directory`,
];

/** The few questions asked before a clinic or a person is known, or across persons without naming them. */
const directory = [
  `create function directory.account_for_sign_in(folded text)
    returns table (user_id uuid, password_hash text)
    language sql stable security definer set search_path = public, pg_temp
    as $$ select id, password_hash from user_account where email_folded = folded $$`,
  `create function directory.memberships_of(person uuid)
    returns table (id uuid, clinic_id uuid, clinic_slug text, clinic_name text, role text, display_name text, active boolean,
      accepted_at timestamptz, created_at timestamptz, doctor_id uuid)
    language sql stable security definer set search_path = public, pg_temp
    as $$ select m.id, m.clinic_id, c.slug, c.name, m.role, m.display_name, m.active, m.accepted_at, m.created_at, d.id
      from membership m join clinic c on c.id = m.clinic_id
      left join doctor d on d.clinic_id = m.clinic_id and d.user_id = m.user_id
      where m.user_id = person
      order by (select max(s.last_used_at) from session s where s.user_id = m.user_id and s.current_clinic_id = m.clinic_id)
        desc nulls last, m.created_at, m.id
      limit 100 $$`,
  `create function directory.session_context(wanted uuid, at timestamptz)
    returns table (session_id uuid, user_id uuid, clinic_id uuid, role text, display_name text, locale text,
      doctor_id uuid, patient_id uuid, time_zone text, currency text)
    language sql stable security definer set search_path = public, pg_temp
    as $$ select s.id, s.user_id, s.current_clinic_id, m.role, m.display_name, u.locale, d.id, p.id, c.time_zone, c.currency
      from session s
      join membership m on m.clinic_id = s.current_clinic_id and m.user_id = s.user_id and m.active
      join clinic c on c.id = s.current_clinic_id
      join user_account u on u.id = s.user_id
      left join doctor d on d.clinic_id = m.clinic_id and d.user_id = m.user_id and d.active
      left join patient p on m.role = 'PATIENT' and p.clinic_id = m.clinic_id and p.user_id = m.user_id
      where s.id = wanted and s.revoked_at is null and s.expires_at > at $$`,
  `create function directory.refresh_token(hash text, at timestamptz)
    returns table (id uuid, session_id uuid, user_id uuid, current_clinic_id uuid, used_at timestamptz, is_live boolean)
    language sql stable security definer set search_path = public, pg_temp
    as $$ select t.id, t.session_id, t.user_id, s.current_clinic_id, t.used_at, s.revoked_at is null and s.expires_at > at
      from refresh_token t join session s on s.id = t.session_id where t.token_hash = hash $$`,
  `create function directory.public_clinic(wanted text)
    returns table (id uuid, slug text, name text, time_zone text, currency text, locale text)
    language sql stable security definer set search_path = public, pg_temp
    as $$ select id, slug, name, time_zone, currency, locale from clinic where slug = wanted $$`,
  `create function directory.busy_ranges(doctors uuid[], range_from timestamptz, range_to timestamptz)
    returns table (doctor_id uuid, starts_at timestamptz, ends_at timestamptz, is_time_off boolean, appointment_id uuid)
    language sql stable security definer set search_path = public, pg_temp
    as $$ select doctor_id, starts_at, ends_at, false, id from appointment
        where ${clinic} and doctor_id = any (doctors) and holds_slot and tstzrange(starts_at, ends_at, '[)') && tstzrange(range_from, range_to, '[)')
      union all
      select d, t.starts_at, t.ends_at, true, null::uuid from unnest(doctors) d
        join time_off t on t.${clinic} and (t.doctor_id = d or t.doctor_id is null)
        where t.starts_at < range_to and t.ends_at > range_from $$`,
  `create function directory.patient_is_busy(person uuid, range_from timestamptz, range_to timestamptz, except_appointment uuid)
    returns boolean
    language sql stable security definer set search_path = public, pg_temp
    as $$ select exists (select 1 from appointment where ${clinic} and patient_id = person and holds_slot
      and tstzrange(starts_at, ends_at, '[)') && tstzrange(range_from, range_to, '[)')
      and id is distinct from except_appointment) $$`,
  `create function directory.locale_of(person uuid)
    returns text
    language sql stable security definer set search_path = public, pg_temp
    as $$ select locale from user_account where id = person $$`,
  `create function directory.clinics_with_due_deliveries(until timestamptz)
    returns table (clinic_id uuid)
    language sql stable security definer set search_path = public, pg_temp
    as $$ select distinct clinic_id from delivery where status = 'QUEUED' and due_at <= until limit 1000 $$`,
];

/** The whole path from request to answer: clinics, people, time, appointments, and who is told. */
export class Heart extends Migration {
  override async up(): Promise<void> {
    this.addSql('create extension if not exists btree_gist');
    for (const sql of [
      ...clinicsAndAccounts,
      ...servicesAndSchedules,
      ...patients,
      ...appointments,
      ...factsAndMessages,
    ])
      this.addSql(sql);
    for (const sql of protectedTables.flatMap(protect)) this.addSql(sql);
    for (const sql of [...rowLevelSecurity, `create schema directory`, ...directory, ...grants]) this.addSql(sql);
    for (const sql of handToDirectory(directoryFunctions)) this.addSql(sql);
  }
}

const directoryFunctions = [
  'account_for_sign_in(text)',
  'memberships_of(uuid)',
  'session_context(uuid, timestamptz)',
  'refresh_token(text, timestamptz)',
  'public_clinic(text)',
  'busy_ranges(uuid[], timestamptz, timestamptz)',
  'patient_is_busy(uuid, timestamptz, timestamptz, uuid)',
  'locale_of(uuid)',
  'clinics_with_due_deliveries(timestamptz)',
];
