import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Ctx as Context } from '../../access/ctx.ts';
import type { ClinicRow } from './clinic.queries.ts';
import { Clinic, ClinicSettings } from './clinic.type.ts';

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
}
