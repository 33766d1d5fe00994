import { calendarFile, type CalendarEntry } from './calendar-file.ts';

/** Hands the browser a calendar file; a phone opens it in its calendar. */
export function saveCalendarFile(entry: CalendarEntry): void {
  const url = URL.createObjectURL(new Blob([calendarFile(entry)], { type: 'text/calendar;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'appointment.ics';
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}
