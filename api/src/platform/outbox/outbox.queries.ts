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

/**
 * Writes facts as a clinic's next events and wakes their readers at commit, in one statement, so that the clinic's counter
 * is held for as short a time as can be; whoever asks next waits until this transaction ends. No row when there is no
 * such clinic.
 */
export const appendEvents = (clinicId: string, at: Date, facts: readonly RecordedFact[]): Query<{ woken: string }> => {
  const rows = facts.map((fact, index) => ({ ...fact, place: index + 1 }));
  return events
    .with('head', (query) =>
      query
        .updateTable('clinic_head')
        .set((row) => ({ eventSequence: row('eventSequence', '+', facts.length) }))
        .where('clinicId', '=', clinicId)
        .returning(sql<number>`event_sequence - ${facts.length}::int`.as('before')),
    )
    .with('written', (query) =>
      query
        .insertInto('event')
        .columns(['clinicId', 'sequence', 'id', 'type', 'subjectId', 'payload', 'at'])
        .expression((from) =>
          from
            .selectFrom('head')
            .innerJoin(factsAs(rows), (join) => join.onTrue())
            .select([
              sql<string>`${clinicId}::uuid`.as('clinicId'),
              sql<number>`head.before + fact.place`.as('sequence'),
              sql<string>`fact.id`.as('id'),
              sql<string>`fact.type`.as('type'),
              sql<string>`fact."subjectId"`.as('subjectId'),
              sql<Record<string, string | null>>`fact.payload`.as('payload'),
              sql<Date>`${at}::timestamptz`.as('at'),
            ]),
        ),
    )
    .selectFrom('head')
    .select(sql<string>`pg_notify(${wakeChannel}, ${clinicId})`.as('woken'));
};

const factsAs = (rows: readonly object[]) =>
  sql<{ place: number }>`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)`.as<'fact'>(
    sql`fact(place int, id uuid, type text, "subjectId" uuid, payload jsonb)`,
  );

/** Wakes whoever waits for a clinic's events at commit, without one. */
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
