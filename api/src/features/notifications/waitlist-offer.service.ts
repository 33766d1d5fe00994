import type { RecordedFact, Transaction } from '../../platform/db/transaction.ts';
import { fullName } from '../patients/index.ts';
import { waitlistFacts } from '../waitlist/index.ts';
import { offerText } from './message-text.ts';
import { subjectOfOffer } from './message-subject.queries.ts';
import { emailStatus } from './notification.domain.ts';
import { addMessage, localeFor } from './notification.service.ts';

/** Tells the patient of the slot that is held for them. Source: domain.md, Notifications, "a slot opens". */
export async function notifyOfOffer(tx: Transaction, fact: RecordedFact): Promise<void> {
  const { clinicId } = tx.tenant;
  const [subject] = clinicId === null ? [] : await tx.rows(subjectOfOffer(clinicId, fact.subjectId));
  if (clinicId === null || subject === undefined) throw new Error('The offer behind a fact is not there.');
  const { patientId, patientUserId, clinicLocale } = subject;
  const name = fullName({ firstName: subject.patientFirstName, lastName: subject.patientLastName });
  const locale = await localeFor(tx, patientUserId, clinicLocale);
  await addMessage(
    tx,
    { userId: patientUserId, name, email: emailStatus(subject) },
    {
      cause: fact,
      // Whose time it is does not read the waitlist: the message is the patient's alone.
      about: { clinicId, doctorId: null, patientId, appointmentId: null },
      type: waitlistFacts.OFFERED,
      words: offerText({ ...subject, locale }),
    },
  );
}
