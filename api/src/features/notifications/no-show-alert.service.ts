import type { RecordedFact, Transaction } from '../../platform/db/transaction.ts';
import { FRONT_DESK } from '../../access/roles.ts';
import { fullName } from '../patients/index.ts';
import { membersOf } from './notification.queries.ts';
import { subjectOfMessages } from './message-subject.queries.ts';
import { noShowText } from './message-text.ts';
import { noShowAlert } from './notification.domain.ts';
import { addMessage, localeFor } from './notification.service.ts';

/**
 * Tells everybody who does the front desk's work, in the app, that a patient has not been checked in. Source: domain.md,
 * Notifications, "start + noShowAfterMinutes without check-in".
 */
export async function notifyOfLikelyNoShow(tx: Transaction, fact: RecordedFact): Promise<void> {
  const [subject] = await tx.rows(subjectOfMessages(fact.subjectId));
  if (subject === undefined) throw new Error('The appointment behind a fact is not there.');
  const { clinicId, doctorId, patientId, clinicLocale } = subject;
  const patientName = fullName({ firstName: subject.patientFirstName, lastName: subject.patientLastName });
  for (const { userId, displayName } of await tx.rows(membersOf(clinicId, FRONT_DESK))) {
    const locale = await localeFor(tx, userId, clinicLocale);
    const words = noShowText({ ...subject, patientName, previousDoctorName: null, locale });
    const about = { clinicId, doctorId, patientId, appointmentId: fact.subjectId };
    const recipient = { userId, name: displayName, email: null };
    await addMessage(tx, recipient, { cause: fact, about, type: noShowAlert, words });
  }
}
