import { violatedConstraint } from '../../platform/db/pg-errors.ts';
import type { Transaction } from '../../platform/db/transaction.ts';
import { DomainError } from '../../platform/errors.ts';
import { momentWords } from '../../platform/zone.ts';
import { timeZoneOf } from '../clinics/index.ts';
import type { PatientBelongings, RecordPair } from '../patients/index.ts';
import {
  moveAppointmentEvents,
  moveAppointments,
  overlapOf,
  patientsWithAppointments,
} from './appointment-merge.queries.ts';

/** Appointments and their history go with the patient when two records become one. */
export const appointmentsOfRecords: PatientBelongings = {
  name: 'appointments',

  async move(tx, pair) {
    await assertApart(tx, pair);
    try {
      const moved = await tx.rows(
        moveAppointments(pair.clinicId, { fromPatient: pair.mergeId, toPatient: pair.keepId }),
      );
      await tx.rows(moveAppointmentEvents(pair.mergeId));
      return moved.length;
    } catch (error) {
      if (violatedConstraint(error) !== 'held_time_patient_overlap') throw error;
      throw overlapping('two of their appointments overlap');
    }
  },

  async holders(tx, clinicId, patientIds) {
    return (await tx.rows(patientsWithAppointments(clinicId, patientIds))).map((row) => row.patientId);
  },
};

/** Nobody is in two places: the exclusion constraint says the same once more, this names the times. */
async function assertApart(tx: Transaction, { clinicId, keepId, mergeId }: RecordPair): Promise<void> {
  const [overlap] = await tx.rows(overlapOf(clinicId, [keepId, mergeId]));
  if (overlap === undefined) return;
  const [clinic] = await tx.rows(timeZoneOf(clinicId));
  const [one, other] = [overlap.startsAt, overlap.otherStartsAt].map((at) =>
    momentWords(at, clinic?.timeZone ?? 'UTC'),
  );
  throw overlapping(
    one === other ? `both have an appointment on ${one}` : `their appointments on ${one} and on ${other} overlap`,
  );
}

const overlapping = (how: string) =>
  new DomainError('SLOT_TAKEN', `These records cannot be merged yet: ${how}. Move or cancel one of them first.`);
