import type { PatientBelongings } from '../patients/index.ts';
import { moveMoney, patientsWithBills } from './bill-merge.queries.ts';

/** Bills, and what was paid on them, go with the patient when two records become one. */
export const billsOfRecords: PatientBelongings = {
  name: 'bills',

  async move(tx, { clinicId, keepId, mergeId }) {
    const [bills = []] = await Promise.all(
      moveMoney(clinicId, { fromPatient: mergeId, toPatient: keepId }).map((query) => tx.rows(query)),
    );
    return bills.length;
  },

  async holders(tx, clinicId, patientIds) {
    return (await tx.rows(patientsWithBills(clinicId, patientIds))).map((row) => row.patientId);
  },
};
