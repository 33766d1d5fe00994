import { Migration } from '@mikro-orm/migrations';
import { clinic, doctor, emptiable, policy, protect, role } from './policies.ts';

const payout = `create table payout (
  id uuid primary key,
  clinic_id uuid not null references clinic,
  doctor_id uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  reference text,
  made_by_user_id uuid references user_account,
  paid_at timestamptz not null,
  unique (clinic_id, id),
  foreign key (clinic_id, doctor_id) references doctor (clinic_id, id))`;

/** Their own, and all of them for the owner; an admin is not told what doctors earn. */
const readable = `${clinic} and (${role} in ('OWNER', 'SYSTEM') or doctor_id = ${doctor})`;

/** What was handed to doctors for their share. */
export class Earnings extends Migration {
  override up(): void {
    const statements = [
      payout,
      'create index payout_doctor on payout (clinic_id, doctor_id, paid_at, id)',
      'create index payout_maker on payout (made_by_user_id)',
      ...emptiable('payout'),
      ...protect('payout'),
      policy('payout', 'staff', 'select', readable),
      policy('payout', 'staff', 'insert', `${clinic} and ${role} = 'OWNER'`),
      policy('payout', 'doctor', 'select', `${clinic} and doctor_id = ${doctor}`),
      'grant select on payout to clinigraph_staff, clinigraph_doctor, clinigraph_patient',
      'grant insert on payout to clinigraph_staff',
    ];
    for (const sql of statements) this.addSql(sql);
  }
}
