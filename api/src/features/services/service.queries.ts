import { loadById, Loader, type Ctx } from '../../access/ctx.ts';
import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import type { DoctorTermsEntity } from '../accounts/index.ts';
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

const tables = queryBuilder<typeof ServiceEntity | typeof DoctorServiceEntity | typeof DoctorTermsEntity>();
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

export const offered = (
  clinicId: string,
  doctorIds: readonly string[],
): Query<{ doctorId: string; serviceId: string }> =>
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

export interface ChoosableService {
  id: string;
  name: string;
  archivedAt: Date | null;
}

/** Services as they are now, and kept from being archived until the transaction ends. */
export const servicesForChoosing = (clinicId: string, ids: readonly string[]): Query<ChoosableService> =>
  tables
    .selectFrom('service')
    .select(['id', 'name', 'archivedAt'])
    .where('clinicId', '=', clinicId)
    .where(sql<boolean>`id = any (${[...ids]}::uuid[])`)
    .orderBy('id')
    .forShare();

export const clearOffered = (clinicId: string, doctorId: string) =>
  tables.deleteFrom('doctor_service').where('clinicId', '=', clinicId).where('doctorId', '=', doctorId);

export const insertOffered = (clinicId: string, doctorId: string, serviceIds: readonly string[]) =>
  tables.insertInto('doctor_service').values(serviceIds.map((serviceId) => ({ clinicId, doctorId, serviceId })));

export const shareOf = (clinicId: string, doctorId: string): Query<{ sharePercent: string }> =>
  tables
    .selectFrom('doctor_terms')
    .select('sharePercent')
    .where('clinicId', '=', clinicId)
    .where('doctorId', '=', doctorId);

export const putShare = (clinicId: string, doctorId: string, sharePercent: string) =>
  tables
    .insertInto('doctor_terms')
    .values({ clinicId, doctorId, sharePercent })
    .onConflict((conflict) => conflict.column('doctorId').doUpdateSet({ sharePercent }));

export const clearShare = (clinicId: string, doctorId: string) =>
  tables.deleteFrom('doctor_terms').where('clinicId', '=', clinicId).where('doctorId', '=', doctorId);
