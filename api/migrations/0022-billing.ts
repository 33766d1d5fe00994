import { Migration } from '@mikro-orm/migrations';
import {
  clinic,
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
  `create table bill (
    id uuid primary key,
    clinic_id uuid not null references clinic,
    year integer not null,
    sequence integer not null,
    status text not null check (status in ('PENDING', 'PAID', 'REFUNDED', 'VOID')),
    appointment_id uuid not null,
    doctor_id uuid not null,
    patient_id uuid not null,
    subtotal_minor bigint not null check (subtotal_minor >= 0),
    discount_minor bigint not null check (discount_minor between 0 and subtotal_minor),
    tax_minor bigint not null check (tax_minor >= 0),
    total_minor bigint not null check (total_minor = subtotal_minor - discount_minor + tax_minor),
    paid_minor bigint not null check (paid_minor >= 0),
    refunded_minor bigint not null check (refunded_minor between 0 and paid_minor),
    notes text,
    void_reason text,
    made_by_user_id uuid references user_account,
    settled_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null,
    unique (clinic_id, id),
    constraint bill_number unique (clinic_id, year, sequence),
    check ((status = 'VOID') = (void_reason is not null)),
    check ((status in ('PAID', 'REFUNDED')) = (settled_at is not null)),
    check (status <> 'REFUNDED' or paid_minor = refunded_minor),
    foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
    foreign key (clinic_id, doctor_id) references doctor (clinic_id, id),
    foreign key (clinic_id, patient_id) references patient (clinic_id, id))`,
  // One live bill of an appointment: the last word when two are made at once.
  `create unique index bill_live on bill (clinic_id, appointment_id) where status in ('PENDING', 'PAID')`,
  `create index bill_appointment on bill (clinic_id, appointment_id, created_at)`,
  `create index bill_list on bill (clinic_id, created_at, id)`,
  `create index bill_unpaid on bill (clinic_id, created_at, id) where status = 'PENDING'`,
  `create index bill_doctor on bill (clinic_id, doctor_id, created_at, id)`,
  `create index bill_patient on bill (clinic_id, patient_id, created_at, id)`,
  `create index bill_owed on bill (clinic_id, patient_id) where status = 'PENDING'`,
  `create index bill_maker on bill (made_by_user_id)`,
  `create table bill_item (
    clinic_id uuid not null,
    bill_id uuid not null,
    position integer not null,
    doctor_id uuid not null,
    patient_id uuid not null,
    description text not null,
    service_id uuid,
    quantity integer not null check (quantity > 0),
    unit_price_minor bigint not null check (unit_price_minor >= 0),
    tax_percent numeric(5, 2) not null check (tax_percent between 0 and 100),
    discount_minor bigint not null,
    tax_minor bigint not null,
    total_minor bigint not null check (total_minor = quantity * unit_price_minor - discount_minor + tax_minor),
    primary key (bill_id, position),
    foreign key (clinic_id, bill_id) references bill (clinic_id, id),
    foreign key (clinic_id, service_id) references service (clinic_id, id))`,
  `create index bill_item_bill on bill_item (clinic_id, bill_id, position)`,
  `create index bill_item_service on bill_item (clinic_id, service_id)`,
  // The year's last number. Taken last of all locks, like all of a clinic's counters.
  `create table bill_counter (
    clinic_id uuid not null references clinic,
    year integer not null,
    last_number integer not null,
    primary key (clinic_id, year))`,
  `create table payment (
    id uuid primary key,
    clinic_id uuid not null references clinic,
    bill_id uuid not null,
    doctor_id uuid not null,
    patient_id uuid not null,
    amount_minor bigint not null check (amount_minor > 0),
    refunded_minor bigint not null check (refunded_minor between 0 and amount_minor),
    method text not null check (method in ('CASH', 'CARD', 'BANK_TRANSFER', 'MOBILE_WALLET', 'ONLINE')),
    status text not null check (status in ('PENDING', 'PAID', 'FAILED', 'REFUNDED')),
    reference text,
    received_by_user_id uuid references user_account,
    received_by_name text,
    paid_at timestamptz,
    created_at timestamptz not null,
    unique (clinic_id, id),
    check ((status in ('PAID', 'REFUNDED')) = (paid_at is not null)),
    check ((status = 'REFUNDED') = (refunded_minor = amount_minor)),
    foreign key (clinic_id, bill_id) references bill (clinic_id, id),
    foreign key (clinic_id, doctor_id) references doctor (clinic_id, id),
    foreign key (clinic_id, patient_id) references patient (clinic_id, id))`,
  `create index payment_bill on payment (clinic_id, bill_id, created_at, id)`,
  `create index payment_list on payment (clinic_id, created_at, id)`,
  `create index payment_paid on payment (clinic_id, paid_at) where paid_at is not null`,
  `create index payment_doctor on payment (clinic_id, doctor_id, created_at, id)`,
  `create index payment_patient on payment (clinic_id, patient_id, created_at, id)`,
  `create index payment_receiver on payment (received_by_user_id)`,
  // Whose a payment's money is: a table of its own, because its readers are not the payment's.
  `create table payment_share (
    payment_id uuid primary key,
    clinic_id uuid not null,
    doctor_id uuid not null,
    doctor_minor bigint not null,
    clinic_minor bigint not null,
    at timestamptz not null,
    foreign key (clinic_id, payment_id) references payment (clinic_id, id))`,
  `create index payment_share_payment on payment_share (clinic_id, payment_id)`,
  `create index payment_share_doctor on payment_share (clinic_id, doctor_id, at)`,
  `create table refund (
    id uuid primary key,
    clinic_id uuid not null references clinic,
    payment_id uuid not null,
    bill_id uuid not null,
    doctor_id uuid not null,
    patient_id uuid not null,
    amount_minor bigint not null check (amount_minor > 0),
    status text not null check (status in ('PENDING', 'PAID', 'FAILED')),
    reason text not null,
    made_by_user_id uuid references user_account,
    made_by_name text not null,
    refunded_at timestamptz,
    created_at timestamptz not null,
    unique (clinic_id, id),
    check ((status = 'PAID') = (refunded_at is not null)),
    foreign key (clinic_id, payment_id) references payment (clinic_id, id),
    foreign key (clinic_id, bill_id) references bill (clinic_id, id),
    foreign key (clinic_id, patient_id) references patient (clinic_id, id))`,
  `create index refund_payment on refund (clinic_id, payment_id, created_at, id)`,
  `create index refund_bill on refund (clinic_id, bill_id)`,
  `create index refund_day on refund (clinic_id, refunded_at) where refunded_at is not null`,
  `create index refund_doctor on refund (clinic_id, doctor_id, created_at)`,
  `create index refund_patient on refund (clinic_id, patient_id)`,
  `create index refund_maker on refund (made_by_user_id)`,
  `create table refund_share (
    refund_id uuid primary key,
    clinic_id uuid not null,
    payment_id uuid not null,
    doctor_id uuid not null,
    doctor_minor bigint not null,
    clinic_minor bigint not null,
    at timestamptz not null,
    foreign key (clinic_id, refund_id) references refund (clinic_id, id))`,
  `create index refund_share_refund on refund_share (clinic_id, refund_id)`,
  `create index refund_share_payment on refund_share (clinic_id, payment_id)`,
  `create index refund_share_doctor on refund_share (clinic_id, doctor_id, at)`,
];

const owed = ['bill', 'bill_item', 'payment', 'refund'];
const shares = ['payment_share', 'refund_share'];

/** Nurses see no money. */
const moneyOfStaff = `${clinic} and ${role} <> 'NURSE'`;
const own = `${clinic} and doctor_id = ${doctor}`;
const ofPatient = `${clinic} and patient_id = ${patient}`;
/** Their own, and all of them for the owner; an admin is not told what doctors earn. */
const sharesOfStaff = `${clinic} and (${role} in ('OWNER', 'SYSTEM') or doctor_id = ${doctor})`;

const rowLevelSecurity = [
  ...[...owed, ...shares, 'bill_counter'].flatMap((table) => [...emptiable(table), ...protect(table)]),
  ...owed.flatMap((table) => [
    policy(table, 'staff', 'select', moneyOfStaff),
    policy(table, 'doctor', 'select', own),
    policy(table, 'patient', 'select', ofPatient),
  ]),
  ...policies('bill', ['staff'], ['insert', 'update'], moneyOfStaff),
  ...policies('bill', ['doctor'], ['insert', 'update'], own),
  ...policies('bill_item', ['staff'], ['insert', 'update', 'delete'], moneyOfStaff),
  ...policies('bill_item', ['doctor'], ['insert', 'delete'], own),
  ...policies('bill_counter', ['staff', 'doctor'], ['select', 'insert', 'update'], clinic),
  ...policies('payment', ['staff'], ['insert', 'update'], moneyOfStaff),
  ...policies('refund', ['staff'], ['insert', 'update'], moneyOfStaff),
  ...shares.flatMap((table) => [
    policy(table, 'staff', 'select', sharesOfStaff),
    policy(table, 'doctor', 'select', own),
    // Whoever takes the money writes down whose it is, and may not read it afterwards.
    policy(table, 'staff', 'insert', moneyOfStaff),
    policy(table, 'directory', 'select', 'true'),
  ]),
  policy('doctor_terms', 'directory', 'select', 'true'),
];

const grants = [
  'grant select on bill, bill_item, bill_counter, payment, refund to clinigraph_staff, clinigraph_doctor, clinigraph_patient',
  'grant insert, update on bill, bill_counter to clinigraph_staff, clinigraph_doctor',
  'grant insert, delete on bill_item to clinigraph_staff, clinigraph_doctor',
  'grant update (patient_id) on bill_item to clinigraph_staff',
  'grant insert, update on payment, refund to clinigraph_staff',
  'grant select on payment_share, refund_share to clinigraph_staff, clinigraph_doctor, clinigraph_patient',
  'grant insert on payment_share, refund_share to clinigraph_staff',
  'grant select on doctor_terms to clinigraph_directory',
];

const directory = [
  // What a doctor gets of a payment at this moment: their own terms, else the clinic's. For whoever takes the money.
  `create function directory.doctor_share(wanted uuid)
    returns numeric
    language sql stable security definer set search_path = public, pg_temp
    as $$ select coalesce(
        (select share_percent from doctor_terms where clinic_id = ${setting('clinic_id')} and doctor_id = wanted),
        (select default_doctor_share_percent from clinic where id = ${setting('clinic_id')})) $$`,
  // How a payment was divided, and what refunds took back of the doctor's part. For whoever gives money back.
  `create function directory.payment_shares(wanted uuid)
    returns table (doctor_minor bigint, clinic_minor bigint, doctor_back_minor bigint)
    language sql stable security definer set search_path = public, pg_temp
    as $$ select s.doctor_minor, s.clinic_minor, coalesce((select sum(r.doctor_minor)::bigint from refund_share r
        where r.clinic_id = s.clinic_id and r.payment_id = s.payment_id), 0)
      from payment_share s where s.clinic_id = ${setting('clinic_id')} and s.payment_id = wanted $$`,
];

/** Bills, what was paid on them and given back, and whose the money is. */
export class Billing extends Migration {
  override up(): void {
    for (const sql of [...tables, ...rowLevelSecurity, ...grants, ...directory]) this.addSql(sql);
    for (const sql of handToDirectory(['doctor_share(uuid)', 'payment_shares(uuid)'])) this.addSql(sql);
  }
}
