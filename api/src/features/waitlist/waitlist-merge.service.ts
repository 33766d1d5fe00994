import { lockInOrder } from '../../platform/db/transaction.ts';
import type { PatientBelongings } from '../patients/index.ts';
import { lockedEntry, recordStep, withdrawOffer } from './waitlist-change.service.ts';
import { waitlistLifecycle } from './waitlist.domain.ts';
import { entriesOfPatient, isWaitingForTheSame, patientsOnWaitlist } from './waitlist.queries.ts';

/**
 * Places on the waitlist go with the patient when two records become one. A running offer is taken back: the one who stays
 * may not be free for it. Whoever waits for the same twice keeps one place.
 */
export const waitlistOfRecords: PatientBelongings = {
  name: 'waitlist',

  async move(tx, { clinicId, keepId, mergeId }) {
    await lockInOrder(tx, [keepId, mergeId].sort());
    const rows = await tx.rows(entriesOfPatient(clinicId, mergeId));
    for (const { id } of rows) {
      const entry = await lockedEntry(tx, id);
      if (entry === null) continue;
      const from = entry.status;
      if (from === 'OFFERED') entry.status = 'WAITING';
      await withdrawOffer(tx, entry);
      const [same] = await tx.rows(isWaitingForTheSame(clinicId, keepId, entry));
      const isDouble = entry.status === 'WAITING' && same !== undefined;
      if (isDouble) entry.status = waitlistLifecycle.move(entry.status, 'LEAVE');
      entry.patientId = keepId;
      if (isDouble || from === 'OFFERED')
        await recordStep(tx, entry, { fact: isDouble ? 'LEFT' : 'BACK', from, action: 'waitlist.merge' });
      await tx.em.flush();
    }
    return rows.length;
  },

  async holders(tx, clinicId, patientIds) {
    return (await tx.rows(patientsOnWaitlist(clinicId, patientIds))).map((row) => row.patientId);
  },
};
