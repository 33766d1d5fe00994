import { defineEntity, p } from '@mikro-orm/postgresql';

/** Something that will fall due in a clinic, once. Afterwards the row is gone. */
export const DueEntity = defineEntity({
  name: 'Due',
  tableName: 'due',
  properties: {
    id: p.uuid().primary(),
    clinicId: p.uuid(),
    /** Of a clinic whose clock can be moved; never changes. */
    sandbox: p.boolean(),
    kind: p.text(),
    subjectId: p.uuid(),
    cause: p.text(),
    /** By the clinic's clock. */
    dueAt: p.datetime(),
    /** When it is tried: dueAt, or later after an error. */
    runAt: p.datetime(),
    attempts: p.integer(),
    /** Counts up as they are scheduled; the database's own. */
    sequence: p.bigint('number').autoincrement(),
    createdAt: p.datetime(),
  },
});
