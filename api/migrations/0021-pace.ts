import { Migration } from '@mikro-orm/migrations';
import { handToDirectory, setting } from './policies.ts';

/**
 * How many of a doctor's last consultations, and how far back, make the pace. Eight follow a slow morning and outlast one
 * long consultation: api/soak/estimated-waits.soak.ts measures it against twenty and against the clinic's average.
 */
export const paceOf = 8;
const paceDays = 60;

const paces = `create function directory.doctor_paces(wanted uuid[], today date, at timestamptz)
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
    from unnest(wanted) d(id) $$`;

/** A doctor's pace is that of the last eight consultations. */
export class Pace extends Migration {
  override up(): void {
    this.addSql('drop function directory.doctor_paces(uuid[], date, timestamptz)');
    this.addSql(paces);
    for (const sql of handToDirectory(['doctor_paces(uuid[], date, timestamptz)'])) this.addSql(sql);
  }
}
