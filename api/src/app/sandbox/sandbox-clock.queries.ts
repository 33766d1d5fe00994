import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import type { ClinicEntity } from '../../features/clinics/index.ts';

/** A sandbox's clock: what it shows beside the real one and, while it is moved, where it stands and how far it is to go. */
export interface SandboxClock {
  clockOffsetMs: number;
  clockReached: Date | null;
  clockTarget: Date | null;
}

const tables = queryBuilder<typeof ClinicEntity>();

const clockOf = (clinicId: string) =>
  tables
    .selectFrom('clinic')
    .select(['clockOffsetMs', 'clockReached', 'clockTarget'])
    .where('id', '=', clinicId)
    .where('sandbox', '=', true);

export const sandboxClock = (clinicId: string): Query<SandboxClock> => clockOf(clinicId);

/**
 * The clock, this transaction's until it ends: of all that move it one takes a step at a time. Rows that refer to the
 * clinic can be written meanwhile.
 */
export const lockSandboxClock = (clinicId: string): Query<SandboxClock> => clockOf(clinicId).forNoKeyUpdate();

/** Sends the clock on its way, or further than it was to go already; and the sandbox was used. */
export const aimAt = (clinicId: string, { reached, target, realNow }: Record<'reached' | 'target' | 'realNow', Date>) =>
  tables
    .updateTable('clinic')
    .set({ clockReached: reached, clockTarget: target, sandboxUsedAt: realNow })
    .where('id', '=', clinicId);

export const standAt = (clinicId: string, reached: Date, clockOffsetMs: number) =>
  tables.updateTable('clinic').set({ clockReached: reached, clockOffsetMs }).where('id', '=', clinicId);

/** The clock has come to where it was to go and runs on from there, unless it was sent further meanwhile. */
export const arrive = (clinicId: string, target: Date, clockOffsetMs: number) =>
  tables
    .updateTable('clinic')
    .set({ clockReached: null, clockTarget: null, clockOffsetMs })
    .where('id', '=', clinicId)
    .where('clockTarget', '=', target);

/** How many sandboxes a person has. */
export const sandboxesOf = (userId: string): Query<{ count: number }> =>
  tables.selectNoFrom(sql<number>`directory.sandboxes_of(${userId}::uuid)`.as('count'));

/** Removes sandboxes that nobody has used since an instant; returns how many. */
export const removeUnusedSandboxes = (before: Date, atMost: number): Query<{ count: number }> =>
  tables.selectNoFrom(sql<number>`directory.remove_unused_sandboxes(${before}, ${atMost})`.as('count'));
