import type { PatientBelongings } from '../patients/index.ts';
import { movePrescriptions, patientsWithPrescriptions } from './prescription-merge.queries.ts';

/** Prescriptions go with the patient when two records become one. */
export const prescriptionsOfRecords: PatientBelongings = {
  name: 'prescriptions',

  async move(tx, { mergeId }) {
    const [answer] = await tx.rows(movePrescriptions(mergeId));
    return answer?.moved ?? 0;
  },

  async holders(tx, clinicId, patientIds) {
    return (await tx.rows(patientsWithPrescriptions(clinicId, patientIds))).map((row) => row.patientId);
  },
};
