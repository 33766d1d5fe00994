import { defineEntity, p } from '@mikro-orm/postgresql';

/** One fact of one clinic. The sequence has no gaps and follows the order of the commits. */
export const EventEntity = defineEntity({
  name: 'Event',
  tableName: 'event',
  properties: {
    clinicId: p.uuid().primary(),
    sequence: p.bigint('number').primary(),
    id: p.uuid(),
    type: p.text(),
    subjectId: p.uuid(),
    payload: p.json<Record<string, string | null>>(),
    at: p.datetime(),
  },
});

/** The clinic's counters: the last lock that a writing transaction takes. */
export const ClinicHeadEntity = defineEntity({
  name: 'ClinicHead',
  tableName: 'clinic_head',
  properties: {
    clinicId: p.uuid().primary(),
    eventSequence: p.bigint('number'),
    recordNumber: p.bigint('number'),
  },
});
