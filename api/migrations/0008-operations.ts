import { Migration } from '@mikro-orm/migrations';
import { handToDirectory, policy } from './policies.ts';

const indexes = [
  `create index delivery_failed on delivery (clinic_id) where status = 'FAILED'`,
  `create index account_mail_failed on account_mail (id) where status = 'FAILED'`,
];

const grants = [
  'grant select on account_mail to clinigraph_directory',
  policy('account_mail', 'directory', 'select', 'true'),
];

// Counts alone, over all clinics: what operators see names no clinic and no person.
const backlog = `create function directory.delivery_backlog(at timestamptz)
  returns table (kind text, status text, count bigint, lag_seconds double precision)
  language sql stable security definer set search_path = public, pg_temp
  as $$
    with waiting as (
      select 'message' kind, count(*) count, min(due_at) oldest from delivery where status = 'QUEUED'
      union all
      select 'letter', count(*), min(due_at) from account_mail where status = 'QUEUED')
    select kind, 'QUEUED', count, coalesce(greatest(extract(epoch from at - oldest)::double precision, 0), 0) from waiting
    union all
    select 'message', 'FAILED', count(*), 0 from delivery where status = 'FAILED'
    union all
    select 'letter', 'FAILED', count(*), 0 from account_mail where status = 'FAILED' $$`;

/** What operators watch. */
export class Operations extends Migration {
  override up(): void {
    for (const sql of [...indexes, ...grants, backlog]) this.addSql(sql);
    for (const sql of handToDirectory(['delivery_backlog(timestamptz)'])) this.addSql(sql);
  }
}
