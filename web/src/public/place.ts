import { isDay, type Day } from '../composables/clinic-time.ts';

/** What an address of a clinic's page says: nothing of whoever looks at it, so that it can be passed on. */
export interface Place {
  readonly slug: string;
  readonly serviceId: string | null;
  /** Null for any doctor. */
  readonly doctorId: string | null;
  readonly day: Day | null;
}

/** Reads the address; what makes no sense is left out. */
export function readPlace(path: string, search: string): Place {
  const query = new URLSearchParams(search);
  const day = query.get('day');
  return {
    slug: decodeURIComponent(path.split('/')[2] ?? ''),
    serviceId: query.get('service'),
    doctorId: query.get('doctor'),
    day: isDay(day) ? day : null,
  };
}

/** Writes the address that leads back to the same service, doctor and day. */
export function writePlace({ slug, serviceId, doctorId, day }: Place): string {
  const query = new URLSearchParams();
  if (serviceId) query.set('service', serviceId);
  if (doctorId) query.set('doctor', doctorId);
  if (day) query.set('day', day);
  const words = query.toString();
  return `/c/${encodeURIComponent(slug)}${words ? `?${words}` : ''}`;
}

/** The way on with a chosen time: into the app, where somebody signs in or registers and asks for it. */
export function askAddress(slug: string, serviceId: string, slot: { doctorId: string; startsAt: string }): string {
  const query = new URLSearchParams({ service: serviceId, doctor: slot.doctorId, at: slot.startsAt });
  return `/ask/${encodeURIComponent(slug)}?${query.toString()}`;
}
