import type { RecordedFact, Transaction } from '../../platform/db/transaction.ts';
import { fullName } from '../patients/index.ts';
import { subjectOfMessages } from './message-subject.queries.ts';
import { treatmentText } from './message-text.ts';
import { emailStatus, treatmentCompleted } from './notification.domain.ts';
import { addMessage, localeFor } from './notification.service.ts';

/** Tells the patient that a treatment is closed, in the transaction that closes it. Source: domain.md A11. */
export async function notifyOfTreatment(tx: Transaction, fact: RecordedFact): Promise<void> {
  const [subject] = await tx.rows(subjectOfMessages(fact.subjectId));
  if (subject === undefined) throw new Error('The appointment behind a fact is not there.');
  const { clinicId, doctorId, patientId, patientUserId: userId } = subject;
  const patientName = fullName({ firstName: subject.patientFirstName, lastName: subject.patientLastName });
  const locale = await localeFor(tx, userId, subject.clinicLocale);
  const words = treatmentText({ ...subject, patientName, previousDoctorName: null, locale });
  const recipient = { userId, name: patientName, email: emailStatus(subject) };
  const about = { clinicId, doctorId, patientId, appointmentId: fact.subjectId };
  await addMessage(tx, recipient, { cause: fact, about, type: treatmentCompleted, words });
}
