import { toMoney } from '../../platform/graphql/money.type.ts';
import type { Ctx } from '../../access/ctx.ts';
import { doctorsOfClinic } from '../accounts/index.ts';
import { clinicById, publicClinicBySlug } from '../clinics/index.ts';
import type { PublicClinic } from './public-clinic.type.ts';
import { servicesOfClinic, servicesOfDoctor } from './service.queries.ts';

/**
 * What anyone may know of the clinic with this address on the web: who can be booked there, and for what. The app itself
 * reads it, inside that one clinic, so that the caller's own role and clinic play no part. Null for an unknown address.
 */
export async function publicClinic(ctx: Ctx, slug: string): Promise<PublicClinic | null> {
  const found = await ctx.first(publicClinicBySlug(slug.trim().toLowerCase()));
  if (found === null) return null;
  const inside = ctx.asSystem({ clinicId: found.id, clockOffsetMs: found.clockOffsetMs });
  const [clinic, services, doctors] = await Promise.all([
    inside.load(clinicById, found.id),
    inside.rows(servicesOfClinic(found.id, false)),
    inside.rows(doctorsOfClinic(found.id, false)),
  ]);
  if (clinic === null) return null;
  return {
    slug: clinic.slug,
    name: clinic.name,
    address: clinic.address,
    phone: clinic.phone,
    timeZone: clinic.timeZone,
    currency: clinic.currency,
    services: services.map(({ id, name, durationMinutes, priceMinor }) => ({
      id,
      name,
      durationMinutes,
      price: toMoney(priceMinor, clinic.currency),
    })),
    doctors: await Promise.all(
      doctors.map(async ({ id, name, specialty }) => ({
        id,
        name,
        specialty,
        serviceIds: (await inside.load(servicesOfDoctor, id)).map((service) => service.id),
      })),
    ),
  };
}
