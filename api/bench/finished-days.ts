/**
 * What hangs off the appointments of days that are over, the measured day among them: a visit, a prescription with two
 * items, a bill of one line, paid in two parts with frozen shares. Runs after the appointments (table a) are there.
 */
export const finishedDays = (lastDay: number, perDay: number): string[] => [
  `create temp table v as select pg_temp.make_id('a07') id, pg_temp.make_id('a0a') bill_id, a.*,
      row_number() over (partition by a.clinic_id, a.starts_at::date order by a.starts_at, a.appointment_id)::int number_of_day,
      row_number() over (partition by a.clinic_id order by a.starts_at, a.appointment_id)::int number_of_clinic
    from (select id appointment_id, clinic_id, doctor_id, patient_id, service_id, starts_at from a where k2 / ${perDay} <= ${lastDay}) a`,
  `insert into visit (id, clinic_id, appointment_id, doctor_id, patient_id, service_id, day, queue_number, priority, status,
      checked_in_at, started_at, completed_at, updated_at, version)
    select id, clinic_id, appointment_id, doctor_id, patient_id, service_id, starts_at::date, number_of_day, 'NORMAL', 'COMPLETED',
      starts_at, starts_at, starts_at + interval '15 minutes', starts_at, 3 from v`,
  `insert into prescription (id, clinic_id, visit_id, doctor_id, patient_id, items, overridden_warnings, created_at)
    select pg_temp.make_id('a08'), clinic_id, id, doctor_id, patient_id,
      '[{"medication":"Amoxicillin","dosage":"500 mg","frequency":"3 × daily","durationDays":7,"instructions":null},
        {"medication":"Cetirizine","dosage":"10 mg","frequency":"at night","durationDays":5,"instructions":null}]', '{}', starts_at from v`,
  `insert into bill (id, clinic_id, year, sequence, status, appointment_id, doctor_id, patient_id, subtotal_minor, discount_minor,
      tax_minor, total_minor, paid_minor, refunded_minor, settled_at, created_at, updated_at, version)
    select bill_id, clinic_id, 2026, number_of_clinic, 'PAID', appointment_id, doctor_id, patient_id, 60000, 0, 0, 60000, 60000, 0,
      starts_at, starts_at, starts_at, 3 from v`,
  `insert into bill_item (bill_id, position, clinic_id, doctor_id, patient_id, description, service_id, quantity, unit_price_minor,
      tax_percent, discount_minor, tax_minor, total_minor)
    select bill_id, 0, clinic_id, doctor_id, patient_id, 'Consultation', service_id, 1, 60000, 0, 0, 0, 60000 from v`,
  `insert into payment (id, clinic_id, bill_id, doctor_id, patient_id, amount_minor, refunded_minor, method, status, paid_at, created_at)
    select pg_temp.make_id('a0b'), clinic_id, bill_id, doctor_id, patient_id, 30000, 0, method, 'PAID', starts_at, starts_at
    from v, unnest(array['CASH', 'CARD']) method`,
  `insert into payment_share (payment_id, clinic_id, doctor_id, doctor_minor, clinic_minor, at)
    select id, clinic_id, doctor_id, 12000, 18000, paid_at from payment`,
];
