import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { outcomeOf } from '../../platform/graphql/payload.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { acceptInvitation, openInvitation } from './accept-invitation.service.ts';
import { membershipId } from './account.ids.ts';
import { membershipById, type MembershipRow } from './account.queries.ts';
import { AuthPayload, Membership } from './account.type.ts';
import { authPayload } from './auth-payload.ts';
import { inviteStaff } from './invitation.service.ts';
import { teamOf } from './team.queries.ts';
import { updateMembership } from './team.service.ts';
import {
  AcceptInvitationInput,
  Invitation,
  InviteStaffInput,
  MembershipPayload,
  UpdateMembershipInput,
} from './team.type.ts';

@Resolver()
export class TeamResolver {
  @Query(() => [Membership], {
    nullable: true,
    description: 'The team, by name, with those who are invited or switched off; 500 at most.',
  })
  staff(@Ctx() ctx: Context): Promise<MembershipRow[]> {
    return ctx.rows(teamOf(ctx.clinicId));
  }

  @Mutation(() => MembershipPayload, {
    nullable: true,
    description:
      'Sends a link that is good for seven days, once. The same address again: a new link, the old one ends.',
  })
  inviteStaff(
    @Ctx() ctx: Context,
    @Arg('input', () => InviteStaffInput) input: InviteStaffInput,
  ): Promise<MembershipPayload> {
    return membershipPayload(ctx, () => inviteStaff(ctx, input));
  }

  @Mutation(() => MembershipPayload, { nullable: true })
  updateMembership(
    @Ctx() ctx: Context,
    @Arg('input', () => UpdateMembershipInput) input: UpdateMembershipInput,
  ): Promise<MembershipPayload> {
    const id = membershipId.parse(input.membershipId, ['input', 'membershipId']);
    return membershipPayload(ctx, () => updateMembership(ctx, { ...input, membershipId: id }));
  }

  @Query(() => Invitation, {
    nullable: true,
    description: 'Public, by the link’s own token; null once it was used or withdrawn, or has expired.',
  })
  async invitation(@Ctx() ctx: Context, @Arg('token', () => String) token: string): Promise<Invitation | null> {
    const found = await openInvitation(ctx, token);
    return found === null ? null : { ...found, name: found.displayName, hasAccount: found.hasPassword };
  }

  @Mutation(() => AuthPayload, { nullable: true })
  acceptInvitation(@Ctx() ctx: Context, @Arg('input', () => AcceptInvitationInput) input: AcceptInvitationInput) {
    return authPayload(ctx, () => acceptInvitation(ctx, input));
  }
}

async function membershipPayload(ctx: Context, run: () => Promise<string | null>): Promise<MembershipPayload> {
  const { result, refusal } = await outcomeOf(run);
  if (refusal !== null) return { userErrors: refusal.userErrors };
  if (result === null) return { userErrors: [] };
  // Read as whoever asked, also by somebody who has just given up the role that let them.
  ctx.forget();
  return { membership: await ctx.load(membershipById, result), userErrors: [] };
}
