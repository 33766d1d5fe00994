import { Args, Ctx, Query, Resolver } from 'type-graphql';
import type { Connection } from '../../platform/graphql/connection.ts';
import { pagingOf } from '../../platform/graphql/page-args.ts';
import { badUserInput } from '../../platform/errors.ts';
import { kindOf } from '../../platform/ids.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { listAuditEntries, type AuditRow } from './audit.queries.ts';
import { verifyChain } from './audit-chain.ts';
import { AuditEntry, AuditEntryConnection, AuditLogArgs, AuditVerification, type AuditFilter } from './audit.type.ts';

@Resolver(() => AuditEntry)
export class AuditResolver {
  @Query(() => AuditEntryConnection, {
    nullable: true,
    description: 'Who did, read or was refused what, newest first.',
  })
  auditLog(@Ctx() ctx: Context, @Args(() => AuditLogArgs) args: AuditLogArgs): Promise<Connection<AuditRow>> {
    return listAuditEntries(ctx, pagingOf(args), readFilter(args.filter));
  }

  @Query(() => AuditVerification, { nullable: true, description: 'Walks the whole chain of the audit log. Owner.' })
  verifyAuditLog(@Ctx() ctx: Context): Promise<AuditVerification> {
    return verifyChain(ctx);
  }
}

function readFilter(filter: AuditFilter | null | undefined) {
  const { actorId = null, subjectId = null, action = null, from = null, to = null } = filter ?? {};
  if (actorId !== null && kindOf(actorId) !== 'User')
    throw badUserInput('This is not the id of a user.', ['filter', 'actorId']);
  if (subjectId !== null && kindOf(subjectId) === null)
    throw badUserInput('This is not an id.', ['filter', 'subjectId']);
  return { actorId, subjectId, action, from, to };
}
