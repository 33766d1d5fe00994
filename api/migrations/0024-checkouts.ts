import { Migration } from '@mikro-orm/migrations';
import { clinic, emptiable, policies, policy, protect, role } from './policies.ts';

const tables = [
  // A page at the gateway for one payment of one bill. People see the payment.
  `create table checkout (
    payment_id uuid primary key,
    clinic_id uuid not null references clinic,
    bill_id uuid not null,
    gateway text not null,
    session_ref text,
    url text,
    payment_ref text,
    amount_minor bigint not null check (amount_minor > 0),
    currency text not null,
    status text not null check (status in ('OPEN', 'PAID', 'CLOSED')),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    unique (gateway, session_ref),
    check ((session_ref is null) = (url is null)),
    foreign key (clinic_id, payment_id) references payment (clinic_id, id),
    foreign key (clinic_id, bill_id) references bill (clinic_id, id))`,
  // The last word when somebody asks for two pages at once.
  `create unique index checkout_open on checkout (clinic_id, bill_id) where status = 'OPEN'`,
  `create index checkout_payment on checkout (clinic_id, payment_id)`,
  `create index checkout_bill on checkout (clinic_id, bill_id)`,
  // What a gateway has told: each of its events has its effect once, however often it comes.
  `create table gateway_event (
    clinic_id uuid not null references clinic,
    gateway text not null,
    event_ref text not null,
    payment_id uuid not null,
    received_at timestamptz not null,
    primary key (clinic_id, gateway, event_ref),
    foreign key (clinic_id, payment_id) references payment (clinic_id, id))`,
  `create index gateway_event_payment on gateway_event (clinic_id, payment_id)`,
];

const itself = `${clinic} and ${role} = 'SYSTEM'`;

/** Paying online: the pages that were opened for it, and what gateways have told of them. */
export class Checkouts extends Migration {
  override up(): void {
    const statements = [
      ...tables,
      ...['checkout', 'gateway_event'].flatMap((table) => [...emptiable(table), ...protect(table)]),
      ...policies('checkout', ['staff'], ['insert', 'update'], itself),
      ...policies('gateway_event', ['staff'], ['select', 'insert'], itself),
      // Whoever changes what is owed may find the page that asked for it.
      policy('checkout', 'staff', 'select', `${clinic} and ${role} <> 'NURSE'`),
      'grant select on checkout, gateway_event to clinigraph_staff, clinigraph_doctor, clinigraph_patient',
      'grant insert, update on checkout to clinigraph_staff',
      'grant insert on gateway_event to clinigraph_staff',
    ];
    for (const sql of statements) this.addSql(sql);
  }
}
