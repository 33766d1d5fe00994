import type { RecordedFact, Transaction } from '../../platform/db/transaction.ts';
import { recordOpened } from '../patients/index.ts';
import { openingText } from './message-text.ts';
import { subjectOfOpening } from './message-subject.queries.ts';
import { membersOf } from './notification.queries.ts';
import { addMessage, localeFor } from './notification.service.ts';

/**
 * Tells every owner, in the app, that a doctor opened a record that is not one of their patients'; an owner who did it
 * hears of it too. Source: domain.md, Notifications, breakGlass.
 */
export async function notifyOfOpening(tx: Transaction, fact: RecordedFact): Promise<void> {
  const { clinicId } = tx.tenant;
  const doctorId = fact.payload['doctorId'] ?? null;
  if (clinicId === null || doctorId === null) throw new Error('A record is opened in a clinic, by a doctor.');
  const patientId = fact.subjectId;
  const [subject] = await tx.rows(subjectOfOpening(clinicId, { doctorId, patientId }));
  if (subject === undefined || subject.reason === null) throw new Error('The opening behind a fact is not there.');
  const { reason, clinicLocale } = subject;
  for (const owner of await tx.rows(membersOf(clinicId, ['OWNER']))) {
    const words = openingText({ ...subject, reason, locale: await localeFor(tx, owner.userId, clinicLocale) });
    await addMessage(
      tx,
      { userId: owner.userId, name: owner.displayName, email: null },
      // Not among the doctor's own messages: it is about them, not to them.
      { cause: fact, about: { clinicId, doctorId: null, patientId, appointmentId: null }, type: recordOpened, words },
    );
  }
}
