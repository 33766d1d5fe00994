import { loadById, Loader, type Ctx } from '../../access/ctx.ts';
import { queryBuilder, type Query } from '../../platform/db/query-builder.ts';
import type { DoctorServiceEntity, ServiceEntity } from './service.entity.ts';

export interface ServiceRow {
  id: string;
  clinicId: string;
  name: string;
  durationMinutes: number;
  priceMinor: number;
  taxPercent: string | null;
  archivedAt: Date | null;
}

const tables = queryBuilder<typeof ServiceEntity | typeof DoctorServiceEntity>();
const columns = ['id', 'clinicId', 'name', 'durationMinutes', 'priceMinor', 'taxPercent', 'archivedAt'] as const;

export const serviceById = loadById<ServiceRow>((ids, ctx) =>
  tables
    .selectFrom('service')
    .select(columns)
    .where('clinicId', '=', ctx.clinicId)
    .where('id', 'in', [...ids]),
);

/** A clinic's services by name. A clinic has few: the limit only guards the answer's size. */
export const servicesOfClinic = (clinicId: string, includeArchived: boolean): Query<ServiceRow> =>
  tables
    .selectFrom('service')
    .select(columns)
    .where('clinicId', '=', clinicId)
    .$if(!includeArchived, (query) => query.where('archivedAt', 'is', null))
    .orderBy('name')
    .orderBy('id')
    .limit(500);

const offered = (clinicId: string, doctorIds: readonly string[]): Query<{ doctorId: string; serviceId: string }> =>
  tables
    .selectFrom('doctor_service')
    .select(['doctorId', 'serviceId'])
    .where('clinicId', '=', clinicId)
    .where('doctorId', 'in', [...doctorIds]);

/** The ids of what each doctor offers; empty means everything. */
const offeredIds = async (ctx: Ctx, doctorIds: readonly string[]): Promise<Map<string, Set<string>>> => {
  const chosen = new Map(doctorIds.map((id) => [id, new Set<string>()]));
  for (const row of await ctx.rows(offered(ctx.clinicId, doctorIds))) chosen.get(row.doctorId)?.add(row.serviceId);
  return chosen;
};

export const servicesOfDoctor = new Loader<string, ServiceRow[]>(async (ctx, doctorIds) => {
  const [services, chosen] = await Promise.all([
    ctx.rows(servicesOfClinic(ctx.clinicId, false)),
    offeredIds(ctx, doctorIds),
  ]);
  return doctorIds.map((id) => {
    const ids = chosen.get(id);
    return ids === undefined || ids.size === 0 ? services : services.filter((service) => ids.has(service.id));
  });
});

/** Narrows doctors to those who offer a service. */
export async function whoOffer(ctx: Ctx, serviceId: string, doctorIds: readonly string[]): Promise<string[]> {
  if (doctorIds.length === 0) return [];
  const chosen = await offeredIds(ctx, doctorIds);
  return doctorIds.filter((id) => {
    const ids = chosen.get(id);
    return ids === undefined || ids.size === 0 || ids.has(serviceId);
  });
}
