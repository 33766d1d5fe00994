import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  ageOn,
  dayOf,
  daysBetween,
  eachDay,
  instantAt,
  isTimeZone,
  sinceWords,
  startOfDay,
  wallTimeOf,
  weekdayOf,
} from './zone.ts';

const ZONES = ['Asia/Manila', 'Asia/Kolkata', 'America/Sao_Paulo', 'America/New_York', 'Australia/Lord_Howe'];
const zone = fc.constantFrom(...ZONES);
const someDay = fc.integer({ min: 0, max: 40_000 }).map((count) => addDays('1970-01-01', count));
const someInstant = fc.date({ min: new Date('1970-01-03'), max: new Date('2079-01-01'), noInvalidDate: true });
const someWallTime = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));

describe('the day of an instant', () => {
  it.each([
    ['2026-03-01T15:59:59Z', 'Asia/Manila', '2026-03-01', '23:59'],
    ['2026-03-01T16:00:00Z', 'Asia/Manila', '2026-03-02', '00:00'],
    ['2026-03-01T18:30:00Z', 'Asia/Kolkata', '2026-03-02', '00:00'],
    ['2026-03-01T02:59:00Z', 'America/Sao_Paulo', '2026-02-28', '23:59'],
    ['2026-07-01T03:59:00Z', 'America/New_York', '2026-06-30', '23:59'],
    ['2026-01-01T13:00:00Z', 'Australia/Lord_Howe', '2026-01-02', '00:00'],
    ['2026-07-01T13:30:00Z', 'Australia/Lord_Howe', '2026-07-02', '00:00'],
  ])('%s in %s is %s at %s', (instant, timeZone, day, wallTime) => {
    expect(dayOf(new Date(instant), timeZone)).toBe(day);
    expect(wallTimeOf(new Date(instant), timeZone)).toBe(wallTime);
  });

  it('lies between the start of the day and the start of the next', () => {
    fc.assert(
      fc.property(someInstant, zone, (instant, timeZone) => {
        const day = dayOf(instant, timeZone);
        expect(startOfDay(day, timeZone).getTime()).toBeLessThanOrEqual(instant.getTime());
        expect(startOfDay(addDays(day, 1), timeZone).getTime()).toBeGreaterThan(instant.getTime());
      }),
    );
  });
});

describe('the start of a day', () => {
  it('is one o’clock where a clock change skips midnight', () => {
    expect(startOfDay('2018-11-04', 'America/Sao_Paulo')).toEqual(new Date('2018-11-04T03:00:00Z'));
    expect(wallTimeOf(startOfDay('2018-11-04', 'America/Sao_Paulo'), 'America/Sao_Paulo')).toBe('01:00');
  });

  it('makes days of 23, 24, 25 hours and, on Lord Howe, of 23.5 and 24.5', () => {
    const hours = (day: string, timeZone: string) =>
      (startOfDay(addDays(day, 1), timeZone).getTime() - startOfDay(day, timeZone).getTime()) / 3_600_000;

    expect(hours('2026-03-08', 'America/New_York')).toBe(23);
    expect(hours('2026-11-01', 'America/New_York')).toBe(25);
    expect(hours('2026-03-08', 'Asia/Manila')).toBe(24);
    expect(hours('2026-10-04', 'Australia/Lord_Howe')).toBe(23.5);
    expect(hours('2026-04-05', 'Australia/Lord_Howe')).toBe(24.5);
  });
});

describe('the instant of a wall time', () => {
  it.each([
    ['2026-03-02', '09:00', 'Asia/Manila', '2026-03-02T01:00:00.000Z'],
    ['2026-03-02', '09:00', 'Asia/Kolkata', '2026-03-02T03:30:00.000Z'],
    ['2026-03-07', '09:00', 'America/New_York', '2026-03-07T14:00:00.000Z'],
    ['2026-03-08', '09:00', 'America/New_York', '2026-03-08T13:00:00.000Z'],
  ])('%s %s in %s is %s', (day, wallTime, timeZone, instant) => {
    expect(instantAt(day, wallTime, timeZone).toISOString()).toBe(instant);
  });

  it('moves on by the gap where a clock change skips it', () => {
    expect(instantAt('2026-03-08', '02:30', 'America/New_York')).toEqual(new Date('2026-03-08T07:30:00Z'));
    expect(instantAt('2018-11-04', '00:15', 'America/Sao_Paulo')).toEqual(new Date('2018-11-04T03:15:00Z'));
    expect(wallTimeOf(instantAt('2026-10-04', '02:10', 'Australia/Lord_Howe'), 'Australia/Lord_Howe')).toBe('02:40');
  });

  it('is the first of two where a clock change repeats it', () => {
    expect(instantAt('2026-11-01', '01:30', 'America/New_York')).toEqual(new Date('2026-11-01T05:30:00Z'));
  });

  it('is the start of the next day at 24:00', () => {
    expect(instantAt('2018-11-03', '24:00', 'America/Sao_Paulo')).toEqual(
      startOfDay('2018-11-04', 'America/Sao_Paulo'),
    );
  });

  it('is shown on the wall again, except in a gap, where the wall shows a later time', () => {
    fc.assert(
      fc.property(someDay, someWallTime, zone, (day, wallTime, timeZone) => {
        const instant = instantAt(day, wallTime, timeZone);
        const shown = `${dayOf(instant, timeZone)} ${wallTimeOf(instant, timeZone)}`;
        expect(shown >= `${day} ${wallTime}`).toBe(true);
      }),
    );
  });

  it('is shown on the wall again in a zone without clock changes', () => {
    fc.assert(
      fc.property(someDay, someWallTime, (day, wallTime) => {
        const instant = instantAt(day, wallTime, 'Asia/Kolkata');
        expect([dayOf(instant, 'Asia/Kolkata'), wallTimeOf(instant, 'Asia/Kolkata')]).toEqual([day, wallTime]);
      }),
    );
  });

  it('is refused when the day, the time or the zone is none', () => {
    expect(() => instantAt('2026-02-30', '09:00', 'Asia/Manila')).toThrow(RangeError);
    expect(() => instantAt('2026-2-3', '09:00', 'Asia/Manila')).toThrow(RangeError);
    expect(() => instantAt('2026-02-03', '9:00', 'Asia/Manila')).toThrow(RangeError);
    expect(() => instantAt('2026-02-03', '24:01', 'Asia/Manila')).toThrow(RangeError);
    expect(() => instantAt('2026-02-03', '09:00', 'Asia/Nowhere')).toThrow(RangeError);
    expect(() => dayOf(new Date(Number.NaN), 'Asia/Manila')).toThrow(RangeError);
  });
});

describe('counting days', () => {
  it('crosses months, leap years and year ends', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(daysBetween('2028-02-01', '2028-03-01')).toBe(29);
    expect(daysBetween('2026-03-02', '2026-03-01')).toBe(-1);
  });

  it('is undone by counting back', () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: -5000, max: 5000 }), (day, count) => {
        expect(daysBetween(day, addDays(day, count))).toBe(count);
      }),
    );
  });

  it('lists both ends', () => {
    expect(eachDay('2026-02-27', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
    expect(eachDay('2026-03-01', '2026-03-01')).toEqual(['2026-03-01']);
    expect(eachDay('2026-03-02', '2026-03-01')).toEqual([]);
  });

  it('knows the weekday', () => {
    expect(eachDay('2026-03-02', '2026-03-08').map(weekdayOf)).toEqual([
      'MONDAY',
      'TUESDAY',
      'WEDNESDAY',
      'THURSDAY',
      'FRIDAY',
      'SATURDAY',
      'SUNDAY',
    ]);
  });
});

describe('an age', () => {
  it('grows on the birthday', () => {
    expect(ageOn('1990-05-10', '2026-05-09')).toBe(35);
    expect(ageOn('1990-05-10', '2026-05-10')).toBe(36);
    expect(ageOn('2026-05-10', '2026-05-10')).toBe(0);
  });

  it('grows on 1 March for who is born on 29 February', () => {
    expect(ageOn('2000-02-29', '2026-02-28')).toBe(25);
    expect(ageOn('2000-02-29', '2026-03-01')).toBe(26);
    expect(ageOn('2000-02-29', '2028-02-29')).toBe(28);
  });
});

describe('a time zone', () => {
  it('is an IANA name', () => {
    expect(ZONES.every(isTimeZone)).toBe(true);
    expect(isTimeZone('UTC')).toBe(true);
  });

  it('is no offset and no other text', () => {
    for (const text of ['', '+08:00', 'Manila', 'Asia/Nowhere', 'Asia/Manila\n', '2026-01-01T00:00[Asia/Manila]']) {
      expect(isTimeZone(text)).toBe(false);
    }
  });
});

describe('when something happened, in words', () => {
  const now = new Date('2030-03-04T01:00:00Z');
  const words = (instant: string) => sinceWords(new Date(instant), now, 'Asia/Manila');

  it('names the day only before today, and the year only if it is another one', () => {
    expect(words('2030-03-03T16:05:00Z')).toBe('at 00:05');
    expect(words('2030-03-03T15:55:00Z')).toBe('on 3 March at 23:55');
    expect(words('2029-12-31T01:00:00Z')).toBe('on 31 December 2029 at 09:00');
  });
});
