import { Migration } from '@mikro-orm/migrations';

const read = ['clinic', 'appointment'];

/**
 * What was booked before there were alerts gets its own: the kind and the cause as in features/appointments/no-show.service.ts.
 * The tables' owner is bound by row-level security as well, and names no clinic here.
 */
const alerts = `insert into due (id, clinic_id, sandbox, kind, subject_id, cause, due_at, run_at, attempts, created_at)
  select gen_random_uuid(), a.clinic_id, c.sandbox, 'NO_SHOW_ALERT', a.id, '', alert.at, alert.at, 0, now()
  from appointment a join clinic c on c.id = a.clinic_id
  cross join lateral (select a.starts_at + make_interval(mins => c.no_show_after_minutes) as at) alert
  where a.status = 'APPROVED' and alert.at > now() + c.clock_offset_ms * interval '1 millisecond'
  on conflict on constraint due_once do nothing`;

/** Alerts for what is booked already. */
export class NoShowAlerts extends Migration {
  override up(): void {
    for (const table of [...read, 'due']) this.addSql(`alter table ${table} no force row level security`);
    this.addSql(alerts);
    for (const table of [...read, 'due']) this.addSql(`alter table ${table} force row level security`);
  }
}
