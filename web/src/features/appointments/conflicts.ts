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
