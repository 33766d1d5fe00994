import { Migration } from '@mikro-orm/migrations';
import { handToDirectory, setting } from './policies.ts';

const grants = ['grant update (doctor_id) on appointment_event to clinigraph_directory'];

/**
 * Hands an appointment's history to the doctor whose it is now. The table stays append-only for everybody: this alone may
 * change which doctor reads a line, and only to the one of the appointment that it belongs to, in the caller's clinic.
 */
const handOverAppointmentEvents = `create function directory.hand_over_appointment_events(wanted uuid)
  returns integer
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
  declare
    moved integer;
  begin
    update appointment_event e set doctor_id = a.doctor_id
      from appointment a
      where a.clinic_id = ${setting('clinic_id')} and a.id = wanted
        and e.clinic_id = a.clinic_id and e.appointment_id = a.id and e.doctor_id <> a.doctor_id;
    get diagnostics moved = row_count;
    return moved;
  end $$`;

/** Appointments that move. */
export class Time extends Migration {
  override up(): void {
    for (const sql of [...grants, handOverAppointmentEvents]) this.addSql(sql);
    for (const sql of handToDirectory(['hand_over_appointment_events(uuid)'])) this.addSql(sql);
  }
}
