import type { PatientBelongings } from '../patients/index.ts';
import { moveVisits, patientsWithVisits } from './visit-merge.queries.ts';

/** Visits, and what was written in them, go with the patient when two records become one. */
export const visitsOfRecords: PatientBelongings = {
  name: 'visits',

  async move(tx, { mergeId }) {
    const [answer] = await tx.rows(moveVisits(mergeId));
    return answer?.moved ?? 0;
  },

  async holders(tx, clinicId, patientIds) {
    return (await tx.rows(patientsWithVisits(clinicId, patientIds))).map((row) => row.patientId);
  },
};
