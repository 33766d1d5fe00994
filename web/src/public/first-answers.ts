import { addDays, dayOf } from '../composables/clinic-time.ts';
import { readPlace, type Place } from './place.ts';
import { askClinic, askSlots, type PublicClinic, type PublicSlot } from './server.ts';

/** The API looks at most 62 days ahead; the first is today. */
export const farthestDays = 61;
/** Enough to fill a phone's screen with the next free times. */
const firstSlots = 24;

export interface FirstAnswers {
  readonly place: Place;
  readonly clinic: Promise<PublicClinic | null>;
  /** The next free times of what the address names, or of the clinic's first service. */
  readonly slots: Promise<readonly PublicSlot[]>;
}

/** The service that the address names, if there is one like that, else the first. */
export function serviceIn(
  { services }: PublicClinic,
  serviceId: string | null,
): PublicClinic['services'][number] | null {
  return services.find(({ id }) => id === serviceId) ?? services[0] ?? null;
}

/** The doctor that the address names, if they offer this service here; null for any. */
export function doctorIn({ doctors }: PublicClinic, serviceId: string, doctorId: string | null): string | null {
  return doctors.find(({ id, serviceIds }) => id === doctorId && serviceIds.includes(serviceId))?.id ?? null;
}

/** Returns the next free times, from today as far as can be booked. */
export function askNext(
  clinic: PublicClinic,
  serviceId: string,
  doctorId: string | null,
): Promise<readonly PublicSlot[]> {
  const today = dayOf(Date.now(), clinic.timeZone);
  const range = { from: today, to: addDays(today, farthestDays), first: firstSlots };
  return askSlots({ slug: clinic.slug, serviceId, doctorId, ...range });
}

/** Begins to ask while the page itself is still on its way: on a slow line that is the half of the wait. */
export function askFirst(): FirstAnswers {
  const place = readPlace(location.pathname, location.search);
  const clinic = askClinic(place.slug);
  const slots = clinic.then((found) => {
    const service = found && serviceIn(found, place.serviceId);
    return found && service ? askNext(found, service.id, doctorIn(found, service.id, place.doctorId)) : [];
  });
  // Whoever awaits them says what went wrong; until then nobody has to.
  for (const answer of [clinic, slots]) answer.catch(() => undefined);
  return { place, clinic, slots };
}
