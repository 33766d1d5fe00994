import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { AppointmentStatus } from './appointment.domain.ts';
import type { CalendarEntry } from './calendar-feed.queries.ts';

export interface CalendarContents {
  clinic: { name: string; address: string | null };
  /** A doctor's calendar names the clinic alone; a patient's the doctor as well. */
  isDoctors: boolean;
  entries: readonly CalendarEntry[];
}

/** How often programs are asked to look again, seconds. */
const lookAgainSeconds = 15 * 60;

/** The same name for the same appointment in this feed and in files that the web makes of one. */
const uidOf = (id: string): string => `${id}@clinigraph`;

const statuses: Record<AppointmentStatus, ICalEventStatus> = {
  REQUESTED: ICalEventStatus.TENTATIVE,
  APPROVED: ICalEventStatus.CONFIRMED,
  CHECKED_IN: ICalEventStatus.CONFIRMED,
  NO_SHOW: ICalEventStatus.CONFIRMED,
  TREATED: ICalEventStatus.CONFIRMED,
  REJECTED: ICalEventStatus.CANCELLED,
  CANCELLED: ICalEventStatus.CANCELLED,
};

/**
 * Writes appointments as an iCalendar feed (RFC 5545): instants in UTC, the same id for the same appointment however it
 * moves, its version as its sequence. It names clinic, doctor, day and time. Source: domain.md, "What leaves the building".
 */
export function calendarFile({ clinic, isDoctors, entries }: CalendarContents): string {
  const calendar = ical({
    name: clinic.name,
    prodId: { company: 'Clinigraph', product: 'Appointments', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: lookAgainSeconds,
  });
  for (const { id, status, startsAt, endsAt, createdAt, updatedAt, version, doctorName } of entries) {
    calendar.createEvent({
      id: uidOf(id),
      sequence: version,
      status: statuses[status],
      transparency:
        statuses[status] === ICalEventStatus.CANCELLED
          ? ICalEventTransparency.TRANSPARENT
          : ICalEventTransparency.OPAQUE,
      start: startsAt,
      end: endsAt,
      stamp: updatedAt,
      created: createdAt,
      lastModified: updatedAt,
      summary: isDoctors ? `Appointment, ${clinic.name}` : `${doctorName}, ${clinic.name}`,
      location: clinic.address,
    });
  }
  return calendar.toString();
}
