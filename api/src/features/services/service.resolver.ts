import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Money, toMoney } from '../../platform/graphql/money.type.ts';
import { outcomeOf } from '../../platform/graphql/payload.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { clinicById } from '../clinics/index.ts';
import { Doctor, doctorById, doctorId, DoctorPayload, type DoctorRow } from '../accounts/index.ts';
import { updateDoctor } from './doctor-settings.service.ts';
import { serviceById, servicesOfClinic, servicesOfDoctor, type ServiceRow } from './service.queries.ts';
import { UpdateDoctorInput } from './doctor-settings.type.ts';
import { createService, serviceId, updateService } from './service.service.ts';
import { CreateServiceInput, Service, ServicePayload, UpdateServiceInput } from './service.type.ts';

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
    return servicePayload(ctx, () => createService(ctx, input));
  }

  @Mutation(() => ServicePayload, { nullable: true, description: 'What was booked keeps its duration.' })
  updateService(
    @Ctx() ctx: Context,
    @Arg('input', () => UpdateServiceInput) input: UpdateServiceInput,
  ): Promise<ServicePayload> {
    const id = serviceId.parse(input.serviceId, ['input', 'serviceId']);
    return servicePayload(ctx, () => updateService(ctx, id, input));
  }
}

async function servicePayload(ctx: Context, run: () => Promise<string>): Promise<ServicePayload> {
  const { result, refusal } = await outcomeOf(run);
  if (refusal !== null) return { userErrors: refusal.userErrors };
  ctx.forget();
  return { service: await ctx.load(serviceById, result), userErrors: [] };
}

@Resolver(() => Doctor)
export class DoctorServicesResolver {
  @FieldResolver(() => [Service], { description: 'What the doctor offers; all services when none was set.' })
  services(@Root() doctor: DoctorRow, @Ctx() ctx: Context): Promise<ServiceRow[]> {
    return ctx.load(servicesOfDoctor, doctor.id);
  }

  @Mutation(() => DoctorPayload, {
    nullable: true,
    description: 'What a doctor offers and is. Appointments that are booked already stay as they are.',
  })
  async updateDoctor(
    @Ctx() ctx: Context,
    @Arg('input', () => UpdateDoctorInput) input: UpdateDoctorInput,
  ): Promise<DoctorPayload> {
    const id = doctorId.parse(input.doctorId, ['input', 'doctorId']);
    const serviceIds = input.serviceIds?.map((each, index) =>
      serviceId.parse(each, ['input', 'serviceIds', String(index)]),
    );
    const changes = input.serviceIds == null ? input : { ...input, serviceIds };
    const { result, refusal } = await outcomeOf(() => updateDoctor(ctx, id, changes));
    if (refusal !== null) return { userErrors: refusal.userErrors };
    ctx.forget();
    return { doctor: await ctx.load(doctorById, result), userErrors: [] };
  }
}
