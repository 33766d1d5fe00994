import type { RecordedFact, Transaction } from '../../platform/db/transaction.ts';
import { FRONT_DESK } from '../../access/roles.ts';
import { fullName } from '../patients/index.ts';
import { subjectOfMessages, type MessageSubject } from './message-subject.queries.ts';
import { visitText } from './message-text.ts';
import { emailStatus, visitMessagesOf, type VisitAudience } from './notification.domain.ts';
import { membersOf } from './notification.queries.ts';
import { addMessage, localeFor, type Recipient } from './notification.service.ts';

/**
 * Tells the people whom a step of a visit concerns, in the transaction of that step. Source: domain.md, Notifications, rows
 * A7, V4, V5.
 */
export async function notifyOfVisit(tx: Transaction, fact: RecordedFact): Promise<void> {
  const { from = null, status = null, appointmentId = null } = fact.payload;
  const messages = visitMessagesOf(from, status);
  if (messages.length === 0 || appointmentId === null) return;
  const [subject] = await tx.rows(subjectOfMessages(appointmentId));
  if (subject === undefined) throw new Error('The appointment behind a visit is not there.');
  const patientName = fullName({ firstName: subject.patientFirstName, lastName: subject.patientLastName });
  const { clinicId, doctorId, patientId } = subject;
  for (const { type, audience } of messages) {
    for (const recipient of await recipientsOf(tx, audience, subject, patientName)) {
      const locale = await localeFor(tx, recipient.userId, subject.clinicLocale);
      const words = visitText(type, audience, { ...subject, patientName, previousDoctorName: null, locale });
      const about = { clinicId, doctorId, patientId, appointmentId };
      await addMessage(tx, recipient, { cause: fact, about, type, words });
    }
  }
}

async function recipientsOf(
  tx: Transaction,
  audience: VisitAudience,
  subject: MessageSubject,
  patientName: string,
): Promise<Recipient[]> {
  switch (audience) {
    case 'DOCTOR':
      return subject.doctorUserId === null
        ? []
        : [{ userId: subject.doctorUserId, name: subject.doctorName, email: null }];
    case 'PATIENT':
      return [{ userId: subject.patientUserId, name: patientName, email: emailStatus(subject) }];
    case 'FRONT_DESK': {
      const members = await tx.rows(membersOf(subject.clinicId, FRONT_DESK));
      return members.map(({ userId, displayName }) => ({ userId, name: displayName, email: null }));
    }
  }
}
