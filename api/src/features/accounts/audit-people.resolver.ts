import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Ctx as Context } from '../../access/ctx.ts';
import { AuditEntry, type AuditRow } from '../audit/index.ts';
import { membershipsByUser } from './account.queries.ts';
import { RoleType, User } from './account.type.ts';

/** Who did what an audit entry tells: people belong to this feature. */
@Resolver(() => AuditEntry)
export class AuditPeopleResolver {
  @FieldResolver(() => User, {
    nullable: true,
    description: "Null for a partner's key, and for a patient who reads, as are changes and ipAddress.",
  })
  async actor(@Root() { actorUserId, actorName }: AuditRow, @Ctx() ctx: Context): Promise<User | null> {
    if (actorUserId === null) return null;
    const [membership] = await ctx.load(membershipsByUser, actorUserId);
    return { id: actorUserId, name: membership?.displayName ?? actorName };
  }

  @FieldResolver(() => RoleType, { nullable: true, description: 'The role that they acted in.' })
  role(@Root() { role }: AuditRow): string | null {
    return role;
  }
}
