import fc from 'fast-check';
import type { Interval } from '../../src/platform/intervals.ts';
import { dayOf, startOfDay, wallTimeOf, weekdayOf } from '../../src/platform/zone.ts';
import type { Block } from '../../src/features/schedules/slot.domain.ts';

/** A doctor's days with all that decides about free slots; everything is a multiple of five minutes. */
export interface SlotCase {
  timeZone: string;
  days: readonly [string, string];
  blocks: readonly Block[];
  /** Bookings and time off, as they come: they may overlap. */
  busy: readonly Interval[];
  durationMinutes: number;
  now: Date;
}

const minuteMs = 60_000;
const fiveMinutes = 5 * minuteMs;

/** Weekends: those on which clocks change, both ways, by an hour and by half of one, at night and at midnight; and one on which none do. */
const weekends: [string, [string, string]][] = [
  ['Asia/Manila', ['2030-03-09', '2030-03-10']],
  ['Asia/Kolkata', ['2030-03-09', '2030-03-10']],
  ['America/Sao_Paulo', ['2018-02-17', '2018-02-18']],
  ['America/Sao_Paulo', ['2018-11-03', '2018-11-04']],
  ['America/New_York', ['2030-03-09', '2030-03-10']],
  ['America/New_York', ['2030-11-02', '2030-11-03']],
  ['Australia/Lord_Howe', ['2030-04-06', '2030-04-07']],
  ['Australia/Lord_Howe', ['2030-10-05', '2030-10-06']],
];

const inFives = (min: number, max: number) => fc.integer({ min: min / 5, max: max / 5 }).map((count) => count * 5);
const wallTime = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Which instant a time means that is skipped or comes twice is zone.ts's business: no block begins or ends in such an hour. */
const hours = {
  day: fc.tuple(inFives(4 * 60, 19 * 60), inFives(5, 180)).map(([start, length]) => [start, start + length] as const),
  /** Across the hour at which clocks change. */
  night: fc.tuple(inFives(0, 55), inFives(4 * 60, 6 * 60)),
};

const someBlock = (timeZone: string) =>
  fc
    .record({
      weekday: fc.constantFrom('SATURDAY' as const, 'SUNDAY' as const),
      hours: timeZone === 'America/Sao_Paulo' ? hours.day : fc.oneof(hours.day, hours.night),
      slotMinutes: inFives(5, 60),
    })
    .map(({ weekday, hours: [start, end], slotMinutes }): Block => ({
      weekday,
      slotMinutes,
      startsAt: wallTime(start),
      endsAt: wallTime(end),
    }));

/** Any schedule, any bookings, any length of service, any moment. */
export const someSlotCase = fc.constantFrom(...weekends).chain(([timeZone, days]) => {
  const origin = startOfDay(days[0], timeZone).getTime();
  const someInstant = inFives(0, 2 * 24 * 60).map((minutes) => origin + minutes * minuteMs);
  return fc.record({
    timeZone: fc.constant(timeZone),
    days: fc.constant(days),
    blocks: fc.array(someBlock(timeZone), { maxLength: 4 }),
    busy: fc.array(
      fc.tuple(someInstant, inFives(5, 240)).map(([start, minutes]) => ({
        startsAt: new Date(start),
        endsAt: new Date(start + minutes * minuteMs),
      })),
      { maxLength: 6 },
    ),
    durationMinutes: inFives(5, 90),
    now: someInstant.map((time) => new Date(time)),
  });
});

interface Moment {
  at: number;
  day: string;
  time: string;
}

const knownMoments = new Map<string, Moment[]>();

/** Every five minutes of some days, as the wall clock shows them; the same few weekends come again and again. */
function momentsOf(timeZone: string, firstDay: string): Moment[] {
  const key = `${timeZone} ${firstDay}`;
  const known = knownMoments.get(key) ?? [];
  if (known.length > 0) return known;
  const from = startOfDay(firstDay, timeZone).getTime();
  for (let at = from; at < from + 50 * 60 * minuteMs; at += fiveMinutes)
    known.push({ at, day: dayOf(new Date(at), timeZone), time: wallTimeOf(new Date(at), timeZone) });
  knownMoments.set(key, known);
  return known;
}

/**
 * Free slots by looking at every five minutes of the days: one begins where its block began a multiple of its grid before,
 * and all of it is inside that block, after now, and not busy. Returns their starts, milliseconds, ascending.
 */
export function slotsByLooking({ days, blocks, timeZone, busy, durationMinutes, now }: SlotCase): number[] {
  const moments = momentsOf(timeZone, days[0]);
  const found = new Set<number>();
  for (const day of days) {
    for (const block of blocks.filter(({ weekday }) => weekday === weekdayOf(day))) {
      const worked = moments.filter(
        (moment) => moment.day === day && moment.time >= block.startsAt && moment.time < block.endsAt,
      );
      worked.forEach(({ at }, index) => {
        const isOnGrid = (index * 5) % block.slotMinutes === 0;
        const needed = worked.slice(index, index + durationMinutes / 5);
        const isFree = needed.every(
          (moment) => !busy.some(({ startsAt, endsAt }) => +startsAt <= moment.at && moment.at < +endsAt),
        );
        if (isOnGrid && needed.length === durationMinutes / 5 && isFree && at > now.getTime()) found.add(at);
      });
    }
  }
  return [...found].sort((one, other) => one - other);
}
