import { Loader } from '../../access/ctx.ts';
import { queryBuilder, type Query } from '../../platform/db/query-builder.ts';
import type { RecoveryCodeEntity, TwoFactorEntity } from './entry.entity.ts';

const tables = queryBuilder<typeof TwoFactorEntity | typeof RecoveryCodeEntity>();

export interface TwoFactorRow {
  userId: string;
  secretSealed: string;
  confirmedAt: Date | null;
}

/** A person's own second factor, confirmed or not. */
export const twoFactorOf = (userId: string): Query<TwoFactorRow> =>
  tables.selectFrom('two_factor').select(['userId', 'secretSealed', 'confirmedAt']).where('userId', '=', userId);

/** Whether signing in takes a code; only ever the caller's own. */
export const hasTwoFactor = new Loader<string, boolean>(async (ctx, userIds) => {
  const rows = await ctx.rows(
    tables
      .selectFrom('two_factor')
      .select('userId')
      .where('userId', 'in', [...userIds])
      .where('confirmedAt', 'is not', null),
  );
  const found = new Set(rows.map((row) => row.userId));
  return userIds.map((id) => found.has(id));
});

/** Spends the code of one step of time; a code of this or a later step that was spent before yields no row. */
export const spendStep = (userId: string, step: number): Query<{ userId: string }> =>
  tables
    .updateTable('two_factor')
    .set({ lastStep: step })
    .where('userId', '=', userId)
    .where('lastStep', '<', step)
    .returning('userId');

/** Spends a recovery code; of two at once, one gets the row. */
export const spendRecoveryCode = (userId: string, codeHash: string, at: Date): Query<{ id: string }> =>
  tables
    .updateTable('recovery_code')
    .set({ usedAt: at })
    .where('userId', '=', userId)
    .where('codeHash', '=', codeHash)
    .where('usedAt', 'is', null)
    .returning('id');

export const confirmTwoFactor = (userId: string, at: Date) =>
  tables.updateTable('two_factor').set({ confirmedAt: at }).where('userId', '=', userId);

export const deleteTwoFactor = (userId: string) => tables.deleteFrom('two_factor').where('userId', '=', userId);

export const deleteRecoveryCodes = (userId: string) => tables.deleteFrom('recovery_code').where('userId', '=', userId);
