import type { Day } from '../../composables/clinic-time.ts';
import type { CalendarDoctorFragment } from '../../gql/graphql.ts';
import { columnKey } from './placed-appointments.ts';
import type { Stretch } from './lanes.ts';

/** Pixels of an hour: ten minutes still hold one line of text. */
export const hourPixels = 84;
export const gutterPixels = 60;
export const headerPixels = 52;
export const snapMinutes = 5;

export interface CalendarColumn {
  readonly key: string;
  readonly day: Day;
  readonly doctor: CalendarDoctorFragment;
  /** The first column of its day: a line sets it off. */
  readonly beginsDay: boolean;
}

/** A column for each doctor of each day, day by day. */
export function columnsOf(days: readonly Day[], doctors: readonly CalendarDoctorFragment[]): readonly CalendarColumn[] {
  return days.flatMap((day) =>
    doctors.map((doctor, index) => ({ key: columnKey(day, doctor.id), day, doctor, beginsDay: index === 0 })),
  );
}

/** What the grid looks like now, pixels. */
export interface GridShape {
  readonly columnCount: number;
  readonly columnWidth: number;
  /** The hours on show. */
  readonly hours: Stretch;
}

/** As wide as the columns have room for, but never too narrow for a name. */
export function columnWidthOf(columnCount: number, roomPixels: number, leastPixels: number): number {
  if (columnCount === 0) return leastPixels;
  return Math.max(leastPixels, Math.floor(roomPixels / columnCount));
}

/** Returns the columns that can be seen and one beyond each edge, as [from, to). */
export function columnsInView(
  { columnCount, columnWidth }: GridShape,
  scrollLeft: number,
  roomPixels: number,
): { from: number; to: number } {
  const from = Math.max(0, Math.floor(scrollLeft / columnWidth) - 1);
  const to = Math.min(columnCount, Math.ceil((scrollLeft + roomPixels) / columnWidth) + 1);
  return { from: Math.min(from, columnCount), to: Math.max(to, 0) };
}

/** Returns pixels from the top of the hours on show. */
export function topOf(minute: number, hours: Stretch): number {
  return ((minute - hours.startMinute) / 60) * hourPixels;
}

/** Returns the minute of the day at a height, and the column at a distance, both held inside the grid. */
export function pointAt(shape: GridShape, x: number, y: number): { columnIndex: number; minute: number } {
  const minute = shape.hours.startMinute + (y / hourPixels) * 60;
  return {
    columnIndex: Math.min(shape.columnCount - 1, Math.max(0, Math.floor(x / shape.columnWidth))),
    minute: Math.min(shape.hours.endMinute, Math.max(shape.hours.startMinute, minute)),
  };
}

/** Rounds to whole steps of five minutes. */
export const snapped = (minute: number): number => Math.round(minute / snapMinutes) * snapMinutes;

/** Returns where something that is dragged to a start begins: snapped, and with its whole length on show. */
export function movedStart(startMinute: number, lengthMinutes: number, hours: Stretch): number {
  const latest = Math.max(hours.startMinute, hours.endMinute - lengthMinutes);
  return Math.min(latest, Math.max(hours.startMinute, snapped(startMinute)));
}

/** How short and how long an appointment may become, minutes: what the API takes. */
export const lengthLimits = { least: 5, most: 480 } as const;

/** Returns how long something is whose end is dragged to a minute: snapped, within the limits and the hours on show. */
export function resizedLength(startMinute: number, endMinute: number, hours: Stretch): number {
  const end = Math.min(hours.endMinute, snapped(endMinute));
  return Math.min(lengthLimits.most, Math.max(lengthLimits.least, end - startMinute));
}
