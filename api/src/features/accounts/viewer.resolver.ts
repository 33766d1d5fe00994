import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Ctx as Context } from '../../access/ctx.ts';
import type { Viewer as ViewerRow } from '../../access/viewer.ts';
import { clinicById, type ClinicRow } from '../clinics/index.ts';
import { addressByUser, devicesOf, membershipsOf, type DeviceRow, type MembershipRow } from './account.queries.ts';
import { doctorById, type DoctorRow } from './doctor.queries.ts';
import { Doctor, Membership, Session, User, Viewer } from './account.type.ts';
import { hasTwoFactor } from './two-factor.queries.ts';

@Resolver(() => Viewer)
export class ViewerResolver {
  @Query(() => Viewer, { nullable: true, description: 'Null when nobody is signed in.' })
  viewer(@Ctx() ctx: Context): ViewerRow | null {
    return ctx.viewer;
  }

  @FieldResolver(() => User, { nullable: true })
  user(@Root() viewer: ViewerRow): User {
    return { id: viewer.userId, name: viewer.name };
  }

  @FieldResolver()
  async email(@Root() viewer: ViewerRow, @Ctx() ctx: Context): Promise<string | null> {
    return (await ctx.load(addressByUser, viewer.userId))?.email ?? null;
  }

  @FieldResolver()
  async phone(@Root() viewer: ViewerRow, @Ctx() ctx: Context): Promise<string | null> {
    return (await ctx.load(addressByUser, viewer.userId))?.phone ?? null;
  }

  @FieldResolver()
  clinic(@Root() viewer: ViewerRow, @Ctx() ctx: Context): Promise<ClinicRow | null> {
    return ctx.load(clinicById, viewer.clinicId);
  }

  @FieldResolver(() => Doctor, { nullable: true })
  doctor(@Root() viewer: ViewerRow, @Ctx() ctx: Context): Promise<DoctorRow | null> | null {
    return viewer.doctorId === null ? null : ctx.load(doctorById, viewer.doctorId);
  }

  @FieldResolver(() => [Membership])
  memberships(@Root() viewer: ViewerRow, @Ctx() ctx: Context): Promise<MembershipRow[]> {
    return ctx.rows(membershipsOf(viewer.userId));
  }

  @FieldResolver()
  totpEnabled(@Root() viewer: ViewerRow, @Ctx() ctx: Context): Promise<boolean> {
    return ctx.load(hasTwoFactor, viewer.userId);
  }

  @FieldResolver(() => [Session])
  sessions(@Root() viewer: ViewerRow, @Ctx() ctx: Context): Promise<DeviceRow[]> {
    return ctx.rows(devicesOf(viewer.userId, ctx.realClock.now()));
  }
}

@Resolver(() => Session)
export class SessionFieldsResolver {
  @FieldResolver()
  current(@Root() device: DeviceRow, @Ctx() ctx: Context): boolean {
    return device.id === ctx.viewer?.sessionId;
  }
}

@Resolver(() => Membership)
export class MembershipResolver {
  @FieldResolver(() => User)
  user(@Root() membership: MembershipRow): User {
    return { id: membership.userId, name: membership.displayName };
  }

  @FieldResolver()
  async email(@Root() membership: MembershipRow, @Ctx() ctx: Context): Promise<string | null> {
    return (await ctx.load(addressByUser, membership.userId))?.email ?? null;
  }

  @FieldResolver(() => Doctor, { nullable: true })
  doctor(@Root() membership: MembershipRow, @Ctx() ctx: Context): Promise<DoctorRow | null> | null {
    return membership.doctorId === null ? null : ctx.load(doctorById, membership.doctorId);
  }
}
