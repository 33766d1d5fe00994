import { Migration } from '@mikro-orm/migrations';
import { clinic, handToDirectory, policy, setting } from './policies.ts';

const tables = ['visit', 'consultation', 'addendum', 'vitals'];

const moving = [
  ...tables.map((table) => `grant update (patient_id) on ${table} to clinigraph_directory`),
  ...tables.filter((table) => table !== 'consultation').map((table) => policy(table, 'directory', 'update', clinic)),
];

/**
 * Moves visits, and all that was written in them, along when their patient's record was merged. Whoever merges may not read
 * most of it: this alone changes whose it is, and only from a record to the one it was merged into in the caller's clinic.
 */
const moveVisits = `create function directory.move_visits(from_patient uuid)
  returns integer
  language plpgsql security definer set search_path = public, pg_temp
  as $$
  declare
    keeper uuid;
    moved integer;
  begin
    select p.merged_into into keeper from patient p
      where p.clinic_id = ${setting('clinic_id')} and p.id = from_patient;
    if keeper is null then
      return 0;
    end if;
    update visit set patient_id = keeper where clinic_id = ${setting('clinic_id')} and patient_id = from_patient;
    get diagnostics moved = row_count;
    ${tables
      .slice(1)
      .map(
        (table) =>
          `update ${table} set patient_id = keeper where clinic_id = ${setting('clinic_id')} and patient_id = from_patient;`,
      )
      .join('\n    ')}
    return moved;
  end $$`;

/** Visits go with the patient when two records become one. */
export class MergedVisits extends Migration {
  override up(): void {
    for (const sql of [...moving, moveVisits]) this.addSql(sql);
    for (const sql of handToDirectory(['move_visits(uuid)'])) this.addSql(sql);
  }
}
