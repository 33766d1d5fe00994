import { Migration } from '@mikro-orm/migrations';

/** Doctors are changed after they are hired: one licence number each. */
export class ClinicSettings extends Migration {
  override up(): void {
    this.addSql(
      `create unique index doctor_licence_key on doctor (clinic_id, upper(licence_number)) where licence_number is not null`,
    );
  }
}
