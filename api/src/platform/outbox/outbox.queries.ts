import { queryBuilder, sql, type Query } from '../db/query-builder.ts';
import type { RecordedFact } from '../db/transaction.ts';
import type { ClinicHeadEntity, EventEntity } from './event.entity.ts';

export interface StoredEvent {
  sequence: number;
  id: string;
  type: string;
  subjectId: string;
  payload: Record<string, string | null>;
  at: Date;
}

const events = queryBuilder<typeof EventEntity | typeof ClinicHeadEntity>();

/** The channel on which a commit wakes every process; it carries the clinic's id alone. */
export const wakeChannel = 'clinigraph_events';

/** Takes the next `count` sequence numbers; whoever asks next waits until this transaction ends. */
export const takeSequence = (clinicId: string, count: number): Query<{ eventSequence: number }> =>
  events
    .updateTable('clinic_head')
    .set((row) => ({ eventSequence: row('eventSequence', '+', count) }))
    .where('clinicId', '=', clinicId)
    .returning('eventSequence');

export const insertEvents = (clinicId: string, firstSequence: number, at: Date, facts: readonly RecordedFact[]) =>
  events.insertInto('event').values(
    facts.map((fact, index) => ({
      clinicId,
      sequence: firstSequence + index,
      id: fact.id,
      type: fact.type,
      subjectId: fact.subjectId,
      payload: fact.payload,
      at,
    })),
  );

export const notifyClinic = (clinicId: string) =>
  events.selectNoFrom(sql<string>`pg_notify(${wakeChannel}, ${clinicId})`.as('woken'));

/** Wakes the workers for what belongs to no clinic: a letter about an account. */
export const noClinic = '00000000-0000-0000-0000-000000000000';

export const lastSequence = (clinicId: string): Query<{ eventSequence: number }> =>
  events.selectFrom('clinic_head').select('eventSequence').where('clinicId', '=', clinicId);

/** Events after one sequence number and up to another, oldest first. */
export const eventsBetween = (
  clinicId: string,
  after: number,
  upTo: number | null,
  limit: number,
): Query<StoredEvent> =>
  events
    .selectFrom('event')
    .select(['sequence', 'id', 'type', 'subjectId', 'payload', 'at'])
    .where('clinicId', '=', clinicId)
    .where('sequence', '>', after)
    .$if(upTo !== null, (query) => query.where('sequence', '<=', upTo))
    .orderBy('sequence')
    .limit(limit);
