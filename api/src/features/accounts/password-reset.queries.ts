import { queryBuilder, type Query } from '../../platform/db/query-builder.ts';
import type { PasswordResetEntity } from './entry.entity.ts';

const tables = queryBuilder<typeof PasswordResetEntity>();

/** The address behind a link that can still be used. */
export const openReset = (tokenHash: string, at: Date): Query<{ emailFolded: string }> =>
  tables
    .selectFrom('password_reset')
    .select('emailFolded')
    .where('tokenHash', '=', tokenHash)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', at);

/** Uses a link up; of two who come at once, one gets the row. */
export const useReset = (tokenHash: string, at: Date): Query<{ id: string }> =>
  tables
    .updateTable('password_reset')
    .set({ usedAt: at })
    .where('tokenHash', '=', tokenHash)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', at)
    .returning('id');

/** The other links of an address are worth nothing either, once a new password stands. */
export const useAllResets = (emailFolded: string, at: Date) =>
  tables
    .updateTable('password_reset')
    .set({ usedAt: at })
    .where('emailFolded', '=', emailFolded)
    .where('usedAt', 'is', null);
