import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Ctx as Context } from '../../access/ctx.ts';
import { doctorId } from './account.ids.ts';
import { Doctor } from './account.type.ts';
import { doctorById, doctorsOfClinic, shareByDoctor, type DoctorRow } from './doctor.queries.ts';

@Resolver(() => Doctor)
export class DoctorResolver {
  @Query(() => [Doctor], { description: "The clinic's doctors, by name." })
  doctors(
    @Ctx() ctx: Context,
    @Arg('includeInactive', () => Boolean, { nullable: true, defaultValue: false }) includeInactive: boolean | null,
  ): Promise<DoctorRow[]> {
    return ctx.rows(doctorsOfClinic(ctx.clinicId, includeInactive === true));
  }

  @Query(() => Doctor, { nullable: true })
  doctor(@Ctx() ctx: Context, @Arg('id', () => ID) id: string): Promise<DoctorRow | null> {
    return ctx.load(doctorById, doctorId.parse(id, ['id']));
  }

  @FieldResolver()
  sharePercent(@Root() doctor: DoctorRow, @Ctx() ctx: Context): Promise<string | null> {
    return ctx.load(shareByDoctor, doctor.id);
  }
}
