export interface CalendarEntry {
  readonly id: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly title: string;
  readonly place: string | null;
}

function stamp(instant: string): string {
  return new Date(instant)
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.\d{3}/, '');
}

function escapeText(value: string): string {
  return value.replace(/[\\;,]/g, (character) => `\\${character}`).replace(/\r?\n/g, '\\n');
}

/** Folds at 70 characters: RFC 5545 allows 75 octets a line, and names may hold more than ASCII. */
function fold(line: string): string {
  return line.replace(/(.{70})(?=.)/gu, '$1\r\n ');
}

/** Writes one appointment as an iCalendar file (RFC 5545), in UTC so that every phone shows it at its own wall clock. */
export function calendarFile({ id, startsAt, endsAt, title, place }: CalendarEntry): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Clinigraph//Appointments//EN',
    'BEGIN:VEVENT',
    `UID:${id}@clinigraph`,
    `DTSTAMP:${stamp(startsAt)}`,
    `DTSTART:${stamp(startsAt)}`,
    `DTEND:${stamp(endsAt)}`,
    `SUMMARY:${escapeText(title)}`,
    ...(place ? [`LOCATION:${escapeText(place)}`] : []),
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(fold).join('\r\n')}\r\n`;
}
