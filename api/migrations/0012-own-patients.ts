import { Migration } from '@mikro-orm/migrations';
import { clinic, clinicNow, doctor, role, type Kind } from './policies.ts';

/**
 * Whether a row is about one of the doctor's patients. As `exists`, PostgreSQL looks a few patients up one by one and
 * gathers all of the doctor's once when a statement goes through many; `in (select …)` always gathered all of them,
 * a thousand for the sake of one.
 */
const isTheirs = (table: string, patientColumn: string): string =>
  `exists (select from care where care.clinic_id = ${table}.clinic_id and care.doctor_id = ${doctor}
    and care.patient_id = ${table}.${patientColumn} and (care.until is null or care.until > ${clinicNow}))`;

const alter = (table: string, kind: Kind, condition: string): string[] => [
  `alter policy ${kind}_select on ${table} using (${condition})`,
  `alter policy ${kind}_update on ${table} using (${condition}) with check (${condition})`,
];

const clinical = isTheirs('patient_clinical', 'patient_id');
const staffsOwn = `${clinic} and (${role} in ('NURSE', 'SYSTEM') or ${clinical})`;
const doctorsOwn = `${clinic} and ${clinical}`;

const policies = [
  ...alter('patient', 'doctor', `${clinic} and ${isTheirs('patient', 'id')}`),
  ...alter('patient_clinical', 'staff', staffsOwn),
  `alter policy staff_insert on patient_clinical with check (${staffsOwn})`,
  ...alter('patient_clinical', 'doctor', doctorsOwn),
  `alter policy doctor_insert on patient_clinical with check (${doctorsOwn})`,
];

/** The same patients are a doctor's own as before; finding one of them costs what one costs. */
export class OwnPatients extends Migration {
  override up(): void {
    for (const sql of policies) this.addSql(sql);
  }
}
