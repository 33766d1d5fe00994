import type { PatientBelongings } from '../patients/index.ts';
import { moveNotifications, patientsWithNotifications } from './notification.queries.ts';

/** Messages about a patient go with them when two records become one; to whom they were sent stays as it was. */
export const notificationsOfRecords: PatientBelongings = {
  name: 'messages',

  async move(tx, { clinicId, keepId, mergeId }) {
    return (await tx.rows(moveNotifications(clinicId, { fromPatient: mergeId, toPatient: keepId }))).length;
  },

  async holders(tx, clinicId, patientIds) {
    const rows = await tx.rows(patientsWithNotifications(clinicId, patientIds));
    return rows.map((row) => row.patientId).filter((id) => id !== null);
  },
};
