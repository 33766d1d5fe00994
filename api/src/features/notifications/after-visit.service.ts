import type { RecordedFact, Transaction } from '../../platform/db/transaction.ts';
import { fullName } from '../patients/index.ts';
import type { MessageFacts, MessageWords } from './message-catalog.ts';
import { subjectOfMessages } from './message-subject.queries.ts';
import { followUpText, treatmentText } from './message-text.ts';
import { followUpOf } from './follow-up-subject.queries.ts';
import { emailStatus, followUpMessage, treatmentCompleted } from './notification.domain.ts';
import { addMessage, localeFor } from './notification.service.ts';

/** Tells the patient that a treatment is closed, in the transaction that closes it. Source: domain.md A11. */
export const notifyOfTreatment = (tx: Transaction, fact: RecordedFact): Promise<void> =>
  tellPatient(tx, fact, { appointmentId: fact.subjectId, type: treatmentCompleted, say: treatmentText });

/** Reminds the patient to book. Source: domain.md, Notifications, "followUpOn in 7 days and nothing booked". */
export async function notifyOfFollowUp(tx: Transaction, fact: RecordedFact): Promise<void> {
  const [visit] = await tx.rows(followUpOf(tx.tenant.clinicId ?? '', fact.subjectId));
  if (visit === undefined) throw new Error('The visit behind a fact is not there.');
  const { appointmentId, followUpOn } = visit;
  await tellPatient(tx, fact, {
    appointmentId,
    type: followUpMessage,
    say: (facts) => followUpText(facts, followUpOn),
  });
}

interface Telling {
  appointmentId: string;
  type: typeof treatmentCompleted | typeof followUpMessage;
  say: (facts: MessageFacts) => MessageWords;
}

async function tellPatient(tx: Transaction, cause: RecordedFact, { appointmentId, type, say }: Telling): Promise<void> {
  const [subject] = await tx.rows(subjectOfMessages(appointmentId));
  if (subject === undefined) throw new Error('The appointment behind a fact is not there.');
  const { clinicId, doctorId, patientId, patientUserId: userId } = subject;
  const patientName = fullName({ firstName: subject.patientFirstName, lastName: subject.patientLastName });
  const locale = await localeFor(tx, userId, subject.clinicLocale);
  const words = say({ ...subject, patientName, previousDoctorName: null, locale });
  const recipient = { userId, name: patientName, email: emailStatus(subject) };
  await addMessage(tx, recipient, { cause, about: { clinicId, doctorId, patientId, appointmentId }, type, words });
}
