import { sql } from './query-builder.ts';

/**
 * What the clock of a clinic shows beside the real one, in milliseconds, for a question that is asked before anybody is in
 * that clinic.
 *
 * @param column  holds the clinic's id, as the database spells it
 */
export const clockOffsetOf = (column: 'id' | 'clinic_id' | 'current_clinic_id') =>
  sql<number>`directory.clock_offset_of(${sql.ref(column)})`.as('clockOffsetMs');
