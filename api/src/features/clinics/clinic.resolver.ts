import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { outcomeOf } from '../../platform/graphql/payload.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { updateClinic } from './clinic-settings.service.ts';
import { clinicById, type ClinicRow } from './clinic.queries.ts';
import { Clinic, ClinicPayload, ClinicSettings, UpdateClinicInput } from './clinic.type.ts';

@Resolver(() => Clinic)
export class ClinicResolver {
  @FieldResolver(() => ClinicSettings, { nullable: true })
  settings(@Root() clinic: ClinicRow): ClinicSettings {
    return clinic;
  }

  @FieldResolver()
  now(@Ctx() ctx: Context): Date {
    return ctx.clock.now();
  }

  @Mutation(() => ClinicPayload, { nullable: true, description: "Changes the caller's clinic: only what is given." })
  async updateClinic(
    @Ctx() ctx: Context,
    @Arg('input', () => UpdateClinicInput) input: UpdateClinicInput,
  ): Promise<ClinicPayload> {
    const { result, refusal } = await outcomeOf(() => updateClinic(ctx, input));
    if (refusal !== null) return { userErrors: refusal.userErrors };
    ctx.forget();
    return { clinic: await ctx.load(clinicById, result), userErrors: [] };
  }
}
