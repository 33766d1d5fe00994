import { z } from 'zod';
import { inTransaction, lockInOrder } from '../../platform/db/transaction.ts';
import { notFound } from '../../platform/errors.ts';
import { defineIdKind } from '../../platform/ids.ts';
import { checkInput } from '../../platform/input.ts';
import { WEEKDAYS } from '../../platform/zone.ts';
import type { Ctx } from '../../access/ctx.ts';
import { doctorById } from '../accounts/index.ts';
import { ScheduleBlockEntity } from './schedule.entity.ts';
import { scheduleFacts } from './schedule.events.ts';
import { blocksPerDoctor, deleteBlocks } from './schedule.queries.ts';

export const blockId = defineIdKind('ScheduleBlock', 0xa20);
export const timeOffId = defineIdKind('TimeOff', 0xa21);

const block = z
  .object({
    weekday: z.enum(WEEKDAYS),
    startsAt: z.string(),
    endsAt: z.string(),
    slotMinutes: z
      .number()
      .int()
      .min(5, 'A slot lasts at least 5 minutes.')
      .max(240, 'A slot lasts at most 240 minutes.'),
  })
  .refine(({ startsAt, endsAt }) => startsAt < endsAt, {
    message: 'The end must come after the start.',
    path: ['endsAt'],
  });

const rules = z.object({
  blocks: z
    .array(block)
    .max(blocksPerDoctor, `Enter at most ${blocksPerDoctor} blocks.`)
    .superRefine((blocks, check) => {
      blocks.forEach((one, index) => {
        const clash = blocks.findIndex(
          (other, at) =>
            at < index && other.weekday === one.weekday && other.startsAt < one.endsAt && one.startsAt < other.endsAt,
        );
        if (clash !== -1)
          check.addIssue({
            code: 'custom',
            message: 'Two blocks of one day overlap. Leave a gap or join them.',
            path: [index, 'startsAt'],
          });
      });
    }),
});

/**
 * Replaces a doctor's whole weekly schedule. Appointments that are booked already stay as they are.
 *
 * @throws RequestError NOT_FOUND for a doctor who is not the caller's clinic's, or for a doctor's colleague
 */
export async function setSchedule(ctx: Ctx, ofDoctor: string, given: unknown): Promise<string> {
  const { role, doctorId: own } = ctx.signedIn;
  const isAllowed = role !== 'DOCTOR' || own === ofDoctor;
  if (!isAllowed || (await ctx.load(doctorById, ofDoctor)) === null) throw notFound();
  const { blocks } = checkInput(rules, given);
  return inTransaction(ctx, async (tx) => {
    await lockInOrder(tx, [ofDoctor]);
    await tx.rows(deleteBlocks(ctx.clinicId, ofDoctor));
    for (const each of blocks) {
      tx.em.create(ScheduleBlockEntity, {
        id: blockId.make(tx.now),
        clinicId: ctx.clinicId,
        doctorId: ofDoctor,
        ...each,
      });
    }
    tx.audit({ action: 'schedule.set', subjectId: ofDoctor, changes: { blocks } });
    tx.record({ type: scheduleFacts.SCHEDULE_CHANGED, subjectId: ofDoctor, payload: { doctorId: ofDoctor } });
    return ofDoctor;
  });
}
