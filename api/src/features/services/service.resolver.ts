import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Money, toMoney } from '../../platform/graphql/money.type.ts';
import { outcomeOf } from '../../platform/graphql/payload.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { clinicById } from '../clinics/index.ts';
import { Doctor, type DoctorRow } from '../accounts/index.ts';
import { serviceById, servicesOfClinic, servicesOfDoctor, type ServiceRow } from './service.queries.ts';
import { createService } from './service.service.ts';
import { CreateServiceInput, Service, ServicePayload } from './service.type.ts';

@Resolver(() => Service)
export class ServiceResolver {
  @Query(() => [Service], { description: "The clinic's services, by name." })
  services(
    @Ctx() ctx: Context,
    @Arg('includeArchived', () => Boolean, { nullable: true, defaultValue: false }) includeArchived: boolean | null,
  ): Promise<ServiceRow[]> {
    return ctx.rows(servicesOfClinic(ctx.clinicId, includeArchived === true));
  }

  @FieldResolver(() => Money)
  async price(@Root() service: ServiceRow, @Ctx() ctx: Context): Promise<Money> {
    const clinic = await ctx.load(clinicById, service.clinicId);
    return toMoney(service.priceMinor, clinic?.currency ?? '');
  }

  @FieldResolver()
  archived(@Root() service: ServiceRow): boolean {
    return service.archivedAt !== null;
  }

  @Mutation(() => ServicePayload, { nullable: true })
  async createService(
    @Ctx() ctx: Context,
    @Arg('input', () => CreateServiceInput) input: CreateServiceInput,
  ): Promise<ServicePayload> {
    const { result, refusal } = await outcomeOf(() => createService(ctx, input));
    if (refusal !== null) return { userErrors: refusal.userErrors };
    ctx.forget();
    return { service: await ctx.load(serviceById, result), userErrors: [] };
  }
}

@Resolver(() => Doctor)
export class DoctorServicesResolver {
  @FieldResolver(() => [Service], { description: 'What the doctor offers; all services when none was set.' })
  services(@Root() doctor: DoctorRow, @Ctx() ctx: Context): Promise<ServiceRow[]> {
    return ctx.load(servicesOfDoctor, doctor.id);
  }
}
