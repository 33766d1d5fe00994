import { Migration } from '@mikro-orm/migrations';

/**
 * Who a session is, as before, but a doctor who cannot be booked is still that doctor: they finish what is booked. Of an
 * owner or admin only an active profile counts, because they gave up treating with it.
 */
const sessionContext = `create or replace function
  directory.session_context(wanted uuid, at timestamptz, idle_since timestamptz)
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
      and (m.role = 'PATIENT' or s.last_active_at > idle_since) $$`;

/** Doctors are changed after they are hired: one licence number each, and work to finish when they take no new bookings. */
export class ClinicSettings extends Migration {
  override up(): void {
    this.addSql(
      `create unique index doctor_licence_key on doctor (clinic_id, upper(licence_number)) where licence_number is not null`,
    );
    this.addSql(sessionContext);
  }
}
