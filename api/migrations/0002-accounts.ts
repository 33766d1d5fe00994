import { Migration } from '@mikro-orm/migrations';
import { all, clinic, everyone, handToDirectory, policies, policy, protect, role, user } from './policies.ts';

const tables = [
  // Somebody who was invited and has not accepted yet has an account without a password.
  `alter table user_account alter column password_hash drop not null`,
  // When somebody last did something; what a screen asks for by itself does not count.
  `alter table session add column last_active_at timestamptz`,
  `update session set last_active_at = last_used_at`,
  `alter table session alter column last_active_at set not null`,
  `create table two_factor (
    user_id uuid primary key references user_account,
    secret_sealed text not null,
    last_step bigint not null,
    confirmed_at timestamptz,
    created_at timestamptz not null)`,
  `create table recovery_code (
    id uuid primary key,
    user_id uuid not null references user_account,
    code_hash text not null,
    used_at timestamptz,
    constraint recovery_code_once unique (user_id, code_hash))`,
  `create table invitation (
    id uuid primary key,
    clinic_id uuid not null references clinic,
    membership_id uuid,
    patient_id uuid,
    email text not null,
    email_folded text not null,
    token_hash text not null constraint invitation_token_key unique,
    invited_by text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    unique (clinic_id, id),
    check ((membership_id is null) <> (patient_id is null)),
    foreign key (clinic_id, membership_id) references membership (clinic_id, id) on delete cascade,
    foreign key (clinic_id, patient_id) references patient (clinic_id, id))`,
  `create index invitation_membership on invitation (clinic_id, membership_id)`,
  `create index invitation_patient on invitation (clinic_id, patient_id)`,
  // By address, not by account: a row for an address that nobody has makes the answer take as long.
  `create table password_reset (
    id uuid primary key,
    email_folded text not null,
    token_hash text not null constraint password_reset_token_key unique,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz)`,
  `create index password_reset_email on password_reset (email_folded) where used_at is null`,
  // Letters about accounts. The link is put in when a letter is sent: what is stored opens nothing.
  `create table account_mail (
    id uuid primary key,
    recipient text not null,
    subject text not null,
    body text not null,
    link_path text not null,
    link_for uuid not null,
    status text not null check (status in ('QUEUED', 'SENT', 'FAILED', 'SKIPPED')),
    attempts integer not null,
    error text,
    due_at timestamptz not null,
    sent_at timestamptz,
    created_at timestamptz not null)`,
  `create index account_mail_due on account_mail (due_at) where status = 'QUEUED'`,
  // The table of the rate limiter's own form; keys are hashes.
  `create table rate_limit (
    key text primary key,
    points integer not null default 0,
    expire bigint)`,
  `create index rate_limit_expire on rate_limit (expire)`,
];

const isSystem = `${role} = 'SYSTEM'`;

const rowLevelSecurity = [
  ...['two_factor', 'recovery_code', 'password_reset', 'account_mail', 'invitation'].flatMap(protect),
  ...policies('two_factor', everyone, all, `user_id = ${user}`),
  policy('two_factor', 'directory', 'select', 'true'),
  ...policies('recovery_code', everyone, all, `user_id = ${user}`),
  ...policies('invitation', ['staff'], ['select', 'insert', 'update'], clinic),
  policy('invitation', 'directory', 'select', 'true'),
  ...policies('password_reset', ['staff'], ['select', 'insert', 'update'], isSystem),
  ...policies('account_mail', ['staff'], ['select', 'insert', 'update'], isSystem),
];

const grants = [
  `grant select, insert, update, delete on two_factor, recovery_code to clinigraph_staff, clinigraph_doctor, clinigraph_patient`,
  `grant select, insert, update, delete on invitation to clinigraph_staff, clinigraph_doctor, clinigraph_patient`,
  `grant select, insert, update on password_reset, account_mail to clinigraph_staff`,
  `grant select, insert, update, delete on rate_limit to clinigraph_staff`,
  `grant select on two_factor, invitation to clinigraph_directory`,
  // One of its functions asks another.
  `grant usage on schema directory to clinigraph_directory`,
];

const directory = [
  `drop function directory.account_for_sign_in(text)`,
  `create function directory.account_for_sign_in(folded text)
    returns table (user_id uuid, password_hash text, totp_secret_sealed text)
    language sql stable security definer set search_path = public, pg_temp
    as $$ select u.id, u.password_hash, t.secret_sealed
      from user_account u left join two_factor t on t.user_id = u.id and t.confirmed_at is not null
      where u.email_folded = folded $$`,
  `create function directory.own_password(person uuid)
    returns table (email text, email_folded text, password_hash text)
    language sql stable security definer set search_path = public, pg_temp
    as $$ select email, email_folded, password_hash from user_account where id = person and id = ${user} $$`,
  // A doctor who takes no new bookings is still that doctor and finishes what is booked; of an owner who treated, only an
  // active profile counts.
  `drop function directory.session_context(uuid, timestamptz)`,
  `create function directory.session_context(wanted uuid, at timestamptz, idle_since timestamptz)
    returns table (session_id uuid, user_id uuid, clinic_id uuid, role text, display_name text, locale text,
      doctor_id uuid, patient_id uuid, time_zone text, currency text, last_active_at timestamptz)
    language sql stable security definer set search_path = public, pg_temp
    as $$ select s.id, s.user_id, s.current_clinic_id, m.role, m.display_name, u.locale, d.id, p.id, c.time_zone, c.currency,
        s.last_active_at
      from session s
      join membership m on m.clinic_id = s.current_clinic_id and m.user_id = s.user_id and m.active
      join clinic c on c.id = s.current_clinic_id
      join user_account u on u.id = s.user_id
      left join doctor d on d.clinic_id = m.clinic_id and d.user_id = m.user_id and (d.active or m.role = 'DOCTOR')
      left join patient p on m.role = 'PATIENT' and p.clinic_id = m.clinic_id and p.user_id = m.user_id
      where s.id = wanted and s.revoked_at is null and s.expires_at > at
        and (m.role = 'PATIENT' or s.last_active_at > idle_since) $$`,
  // The open sockets of a process are held against it every few seconds: one question for all of them.
  `create function directory.session_states(wanted uuid[], at timestamptz, idle_since timestamptz)
    returns table (session_id uuid, state text)
    language sql stable security definer set search_path = public, pg_temp
    as $$ select id, concat_ws(' ', c.clinic_id, c.role, c.doctor_id, c.patient_id)
      from unnest(wanted) id cross join lateral directory.session_context(id, at, idle_since) c $$`,
  `create function directory.invitation_by_token(hash text)
    returns table (id uuid, clinic_id uuid, clinic_name text, clinic_locale text, membership_id uuid, patient_id uuid, role text,
      display_name text, email text, email_folded text, invited_by text, expires_at timestamptz, used_at timestamptz,
      user_id uuid, has_password boolean)
    language sql stable security definer set search_path = public, pg_temp
    as $$ select i.id, i.clinic_id, c.name, c.locale, i.membership_id, i.patient_id, coalesce(m.role, 'PATIENT'),
        coalesce(m.display_name, concat_ws(' ', p.first_name, p.last_name)), i.email, i.email_folded, i.invited_by,
        i.expires_at, i.used_at, u.id, coalesce(u.password_hash is not null, false)
      from invitation i
      join clinic c on c.id = i.clinic_id
      left join membership m on m.id = i.membership_id
      left join patient p on p.id = i.patient_id
      left join user_account u on u.email_folded = i.email_folded
      where i.token_hash = hash $$`,
];

/** People come and go: invitations, two-factor sign-in, forgotten passwords, limits on guessing. */
export class Accounts extends Migration {
  override async up(): Promise<void> {
    for (const sql of [...tables, ...rowLevelSecurity, ...grants, ...directory]) this.addSql(sql);
    for (const sql of handToDirectory(directoryFunctions)) this.addSql(sql);
  }
}

const directoryFunctions = [
  'account_for_sign_in(text)',
  'own_password(uuid)',
  'session_context(uuid, timestamptz, timestamptz)',
  'session_states(uuid[], timestamptz, timestamptz)',
  'invitation_by_token(text)',
];
