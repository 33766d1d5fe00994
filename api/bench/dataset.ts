import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { finishedDays } from './finished-days.ts';

/** What the measurements ask for. */
export interface Dataset {
  clinicId: string;
  doctorId: string;
  /** A doctor's and a receptionist's session of the first clinic. */
  doctorSession: string;
  deskSession: string;
  /** The first instant of a day on which the doctor has 25 appointments, and the first one after it. */
  from: string;
  to: string;
  appointmentIds: string[];
  /** Requests of the doctor that wait for an answer, each for a slot of its own. */
  requestIds: string[];
}

export const clinics = 20;
const doctors = 10;
const days = 40;
const perDay = 25;
const patients = 1_000;
const requests = 4_000;

/** An id as the product makes them: milliseconds, the kind's tag, random bits. */
const makeId = `create function pg_temp.make_id(tag text) returns uuid language sql volatile as $$
  select (substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-8' || tag || '-8' || substr(r, 1, 3) || '-' || substr(r, 4, 12))::uuid
  from (select lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') h, md5(random()::text) r) made $$`;

/** So many ids of one kind, numbered from 0. */
const numbered = (tag: string, count: string) =>
  `select n::int n, pg_temp.make_id('${tag}') id from generate_series(0, ${count} - 1) n`;

const start = `date_trunc('day', now() at time zone 'UTC') at time zone 'UTC' + interval '1 hour'`;

/** 20 clinics with 10 doctors, 1,000 patients, and 10,000 appointments each: 25 a day for every doctor, two messages for every one. */
const statements = [
  makeId,
  `create temp table c as ${numbered('a10', String(clinics))}`,
  `insert into clinic (id, slug, name, time_zone, currency, locale, sandbox, reminder_lead_hours, close_out_policy,
      no_show_after_minutes, self_service_cutoff_hours, default_doctor_share_percent, tax_percent, request_policy, created_at)
    select id, 'bench-' || n, 'Clinic ' || n, 'UTC', 'PHP', 'en', false, '{24,2}', 'AFTER_PAYMENT', 15, 2, 0, 0, 'FRONT_DESK', now() from c`,
  `insert into clinic_head (clinic_id, event_sequence, record_number) select id, 0, ${patients} from c`,
  `create temp table u as ${numbered('a11', `(${clinics} * ${doctors + 1})`)}`,
  `insert into user_account (id, email, email_folded, password_hash, locale, created_at)
    select id, 'u' || n || '@example.org', 'u' || n || '@example.org', '-', 'en', now() from u`,
  `create temp table m as select made.id, c.id clinic_id, u.id user_id, u.n % ${doctors + 1} k, c.n clinic_n
    from u join c on c.n = u.n / ${doctors + 1} join (${numbered('a12', `(${clinics} * ${doctors + 1})`)}) made on made.n = u.n`,
  `insert into membership (id, clinic_id, user_id, display_name, role, active, accepted_at, created_at)
    select id, clinic_id, user_id, 'Person ' || k, case when k < ${doctors} then 'DOCTOR' else 'RECEPTIONIST' end, true, now(), now() from m`,
  `create temp table d as select made.id, m.clinic_id, m.user_id, m.k, m.clinic_n from m
    join (${numbered('a03', `(${clinics} * ${doctors})`)}) made on made.n = m.clinic_n * ${doctors} + m.k where m.k < ${doctors}`,
  `insert into doctor (id, clinic_id, user_id, name, specialty, active, created_at)
    select id, clinic_id, user_id, 'Dr ' || k, 'Family medicine', true, now() from d`,
  `insert into schedule_block (id, clinic_id, doctor_id, weekday, starts_at, ends_at, slot_minutes)
    select gen_random_uuid(), clinic_id, id, weekday, '00:00', '23:00', 20 from d,
      unnest(array['MONDAY','TUESDAY','WEDNESDAY','THURSDAY','FRIDAY','SATURDAY','SUNDAY']) weekday`,
  `create temp table s as select made.id, c.id clinic_id from c join (${numbered('a04', String(clinics))}) made on made.n = c.n`,
  `insert into service (id, clinic_id, name, duration_minutes, price_minor, created_at)
    select id, clinic_id, 'Consultation', 20, 60000, now() from s`,
  `create temp table p as select made.id, c.id clinic_id, made.n % ${patients} k
    from (${numbered('a02', `(${clinics} * ${patients})`)}) made join c on c.n = made.n / ${patients}`,
  `insert into patient (id, clinic_id, record_number, first_name, last_name, name_folded, birth_date_estimated, sex, phone,
      email_consent, sms_consent, marketing_consent, preferences_updated_at, created_at, updated_at, version)
    select id, clinic_id, 'P-' || k, 'Maria', 'Santos ' || k, 'maria santos ' || k, false, 'FEMALE', '+63917' || lpad(k::text, 7, '0'),
      true, false, false, now(), now(), now(), 1 from p`,
  `insert into care (clinic_id, doctor_id, patient_id, since) select d.clinic_id, d.id, p.id, now() from d join p using (clinic_id)`,
  `create index on p (clinic_id, k)`,
  `create temp table a as select made.id, d.clinic_id, d.id doctor_id, d.user_id, d.k,
      made.n / ${clinics * doctors} k2, p.id patient_id, s.id service_id,
      ${start} + make_interval(days => ((made.n / ${clinics * doctors}) / ${perDay})::int - ${days / 2}, mins => (((made.n / ${clinics * doctors}) % ${perDay}) * 20)::int) starts_at
    from (${numbered('a01', String(clinics * doctors * days * perDay))}) made
    join d on d.clinic_n * ${doctors} + d.k = made.n % ${clinics * doctors}
    join p on p.clinic_id = d.clinic_id and p.k = ((made.n / ${clinics * doctors}) * ${doctors} + d.k) % ${patients}
    join s on s.clinic_id = d.clinic_id`,
  `insert into appointment (id, clinic_id, doctor_id, patient_id, service_id, status, source, starts_at, ends_at, reason, holds_slot, created_at, updated_at, version)
    select id, clinic_id, doctor_id, patient_id, service_id, 'APPROVED', 'STAFF', starts_at, starts_at + interval '20 minutes', 'Check-up', true, now(), now(), 1 from a`,
  `insert into notification (id, clinic_id, cause_event_id, recipient_user_id, recipient_name, patient_id, doctor_id, appointment_id, type, title, body, outside_body, created_at)
    select pg_temp.make_id('a05'), a.clinic_id, gen_random_uuid(), null, 'Maria Santos', a.patient_id, a.doctor_id, a.id, 'APPOINTMENT_APPROVED', 'Your appointment is confirmed', 'See you soon.', 'See you soon.', now() - interval '1 day' * each
    from a, generate_series(1, 2) each`,
  ...finishedDays(days / 2, perDay),
  `create temp table q as select made.id, made.n, d.clinic_id, d.id doctor_id, p.id patient_id, s.id service_id
    from (${numbered('a01', String(requests))}) made join d on d.clinic_n = 0 and d.k = made.n % ${doctors}
    join p on p.clinic_id = d.clinic_id and p.k = made.n % ${patients} join s on s.clinic_id = d.clinic_id`,
  `insert into appointment (id, clinic_id, doctor_id, patient_id, service_id, status, source, starts_at, ends_at, holds_slot, created_at, updated_at, version)
    select id, clinic_id, doctor_id, patient_id, service_id, 'REQUESTED', 'PATIENT', begins, begins + interval '20 minutes', false, now(), now(), 1
    from (select q.*, ${start} + make_interval(days => 30 + (n / ${doctors} / 60)::int, mins => ((n / ${doctors} % 60) * 20)::int) begins from q) q`,
  `insert into session (id, user_id, current_clinic_id, created_at, last_used_at, last_active_at, expires_at)
    select pg_temp.make_id('a13'), m.user_id, m.clinic_id, now(), now(), now(), now() + interval '20 days'
    from m`,
  'analyze',
];

/** Fills a migrated database, as a superuser past all policies. */
export async function buildDataset(adminUrl: string): Promise<Dataset> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
    const one = async <Row extends object>(text: string, values: unknown[] = []) =>
      (await client.query<Row>(text, values)).rows;
    const [doctor] = await one<{ id: string; clinic_id: string; user_id: string }>(
      'select * from d where clinic_n = 0 and k = 0',
    );
    if (doctor === undefined) throw new Error('There is no doctor.');
    const session = async (role: string) =>
      (
        await one<{ id: string }>(
          `select s.id from session s join membership m on m.user_id = s.user_id
           where m.clinic_id = $1 and m.role = $2 and ($2 <> 'DOCTOR' or m.user_id = $3) limit 1`,
          [doctor.clinic_id, role, doctor.user_id],
        )
      )[0]?.id ?? '';
    const ids = async (status: string, limit: number) =>
      (
        await one<{ id: string }>(
          'select id from appointment where clinic_id = $1 and status = $2 and (doctor_id = $3 or $2 = $4) limit $5',
          [doctor.clinic_id, status, doctor.id, 'REQUESTED', limit],
        )
      ).map((row) => row.id);
    const [range] = await one<{ from: Date; to: Date }>(`select ${start} "from", ${start} + interval '1 day' "to"`);
    return {
      clinicId: doctor.clinic_id,
      doctorId: doctor.id,
      doctorSession: await session('DOCTOR'),
      deskSession: await session('RECEPTIONIST'),
      from: range?.from.toISOString() ?? '',
      to: range?.to.toISOString() ?? '',
      appointmentIds: await ids('APPROVED', 1_000),
      requestIds: await ids('REQUESTED', requests),
    };
  } finally {
    await client.end();
  }
}

/** A secret for one run. */
export const secret = (): string => randomBytes(24).toString('hex');
