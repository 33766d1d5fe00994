interface Booked {
  readonly id: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly doctor: { readonly id: string };
}

/**
 * Finds, for each request, the appointment of the same doctor that it would overlap (half-open ranges). A hint for the
 * eyes: the server decides.
 */
export function conflictsOf<TBooked extends Booked>(
  requests: readonly Booked[],
  booked: readonly TBooked[],
): ReadonlyMap<string, TBooked> {
  const found = new Map<string, TBooked>();
  for (const request of requests) {
    const clash = booked.find(
      (other) =>
        other.id !== request.id &&
        other.doctor.id === request.doctor.id &&
        other.startsAt < request.endsAt &&
        other.endsAt > request.startsAt,
    );
    if (clash) found.set(request.id, clash);
  }
  return found;
}

interface Away {
  readonly id: string;
  readonly timeOff: readonly { readonly startsAt: string; readonly endsAt: string }[] | null;
}

/** The ids of the requests that fall into their doctor's time off (half-open ranges). */
export function requestsInTimeOff(requests: readonly Booked[], doctors: readonly Away[]): ReadonlySet<string> {
  const isAway = ({ startsAt, endsAt, doctor }: Booked): boolean =>
    (doctors.find(({ id }) => id === doctor.id)?.timeOff ?? []).some(
      (off) => Date.parse(off.startsAt) < Date.parse(endsAt) && Date.parse(off.endsAt) > Date.parse(startsAt),
    );
  return new Set(requests.filter(isAway).map(({ id }) => id));
}
