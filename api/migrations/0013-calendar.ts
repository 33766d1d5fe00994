import { Migration } from '@mikro-orm/migrations';
import { handToDirectory } from './policies.ts';

// What makes a calendar's secret address; counted up, the old address leads nowhere. The address itself is kept nowhere.
const column = 'alter table membership add column calendar_version integer not null default 0';

/** Whose calendar an address names: asked before anybody is known, and answered for active members with a calendar alone. */
const calendarOwner = `create function directory.calendar_owner(wanted uuid)
  returns table (membership_id uuid, calendar_version integer, clinic_id uuid, clock_offset_ms bigint, user_id uuid,
    doctor_id uuid, patient_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select m.id, m.calendar_version, m.clinic_id, c.clock_offset_ms, m.user_id, d.id, p.id
    from membership m join clinic c on c.id = m.clinic_id
    left join doctor d on d.clinic_id = m.clinic_id and d.user_id = m.user_id and (d.active or m.role = 'DOCTOR')
    left join patient p on m.role = 'PATIENT' and p.clinic_id = m.clinic_id and p.user_id = m.user_id
    where m.id = wanted and m.active and m.accepted_at is not null and (d.id is not null or p.id is not null) $$`;

/** Calendars that other programs follow. */
export class Calendar extends Migration {
  override up(): void {
    for (const sql of [column, calendarOwner]) this.addSql(sql);
    for (const sql of handToDirectory(['calendar_owner(uuid)'])) this.addSql(sql);
  }
}
