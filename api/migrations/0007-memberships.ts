import { Migration } from '@mikro-orm/migrations';
import { clinic, policy, user } from './policies.ts';

/** A doctor knows the team; that somebody is a patient here, and their name, stands in records that a doctor may see or not. */
const teamAlone = policy('membership', 'doctor', 'select', `${clinic} and (role <> 'PATIENT' or user_id = ${user})`);

/** Doctors see the memberships of the team, and no patient's. */
export class OwnPatientsAlone extends Migration {
  override up(): void {
    this.addSql('drop policy doctor_select on membership');
    this.addSql(teamAlone);
  }
}
