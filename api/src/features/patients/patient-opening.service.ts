import { z } from 'zod';
import { inTransaction, lockInOrder } from '../../platform/db/transaction.ts';
import { notFound } from '../../platform/errors.ts';
import { checkInput } from '../../platform/input.ts';
import type { Ctx } from '../../access/ctx.ts';
import { recordByNumber } from './patient-access.queries.ts';
import { isInCare, openCare } from './patient-care.queries.ts';

/** A doctor opened a record that is not one of their patients'. */
export const recordOpened = 'RECORD_OPENED';

/** How long it stays open, by the clinic's clock. Source: domain.md, breakGlass. */
const openMs = 60 * 60 * 1_000;

const openingRules = z.object({
  recordNumber: z.string().trim(),
  reason: z
    .string()
    .trim()
    .superRefine((reason, check) => {
      if (reason.length < 3)
        check.addIssue({
          code: 'custom',
          message: 'Write why you open this record: the owner and the patient can see that you did.',
          params: { code: 'NOTE_REQUIRED' },
        });
    })
    .max(500, 'Use at most 500 characters for the reason.'),
});

export interface OpenedRecord {
  patientId: string;
  /** False when the patient is the doctor's anyway: then it is a reading like any other. */
  isBroken: boolean;
}

/**
 * Opens a record for a doctor whose patient it is not, for an hour and a stated reason: audited, and the owners are told.
 * Once more within the hour begins the hour anew. Done as the app itself, because the doctor cannot see the record yet.
 *
 * @throws RequestError NOT_FOUND for a number that is none of the clinic's
 */
export async function breakGlass(ctx: Ctx, given: unknown): Promise<OpenedRecord> {
  const { recordNumber, reason } = checkInput(openingRules, given);
  const { clinicId, userId, doctorId } = ctx.signedIn;
  if (doctorId === null) throw notFound();
  const system = ctx.asSystem(ctx.place, userId, ctx.actor);
  const found = await system.first(recordByNumber(clinicId, recordNumber.toUpperCase()));
  if (found === null) throw notFound();
  const patientId = found.id;
  const [care] = await system.rows(isInCare({ clinicId, doctorId, patientId }, ctx.clock.now()));
  if (care !== undefined && care.until === null) return { patientId, isBroken: false };

  await inTransaction(system, async (tx) => {
    await lockInOrder(tx, [doctorId, patientId]);
    const until = new Date(tx.now.getTime() + openMs);
    await tx.rows(openCare({ clinicId, doctorId, patientId, since: tx.now, until, reason }));
    tx.record({ type: recordOpened, subjectId: patientId, payload: { doctorId, actorUserId: userId } });
    tx.audit({
      action: 'patient.breakGlass',
      subjectId: patientId,
      changes: { recordNumber: found.recordNumber, reason, until: until.toISOString() },
    });
  });
  return { patientId, isBroken: true };
}
