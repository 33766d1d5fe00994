import type { PatientBelongings } from './patient-belongings.ts';
import { moveInvitations, patientsWithInvitations } from './patient-invitation.queries.ts';

/** A link that was sent to one record opens the account of the record that stays, or none when that has one already. */
export const invitationsOfRecords: PatientBelongings = {
  name: 'invitations',

  async move(tx, { clinicId, keepId, mergeId }) {
    return (await tx.rows(moveInvitations(clinicId, { fromPatient: mergeId, toPatient: keepId }))).length;
  },

  async holders(tx, clinicId, patientIds) {
    const rows = await tx.rows(patientsWithInvitations(clinicId, patientIds));
    return rows.map((row) => row.patientId).filter((id) => id !== null);
  },
};
