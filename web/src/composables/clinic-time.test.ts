import { describe, expect, it } from 'vitest';
import { addDays, dayOf, dayRange, daysBetween, instantAt, isDay, minutesOfDay, startOfDay } from './clinic-time.ts';

describe("the clinic's day", () => {
  it("is the clinic's, not the device's", () => {
    expect(dayOf('2026-03-01T16:30:00.000Z', 'Asia/Manila')).toBe('2026-03-02');
    expect(dayOf('2026-03-01T16:30:00.000Z', 'America/New_York')).toBe('2026-03-01');
  });

  it('starts at the zone’s midnight', () => {
    expect(startOfDay('2026-03-02', 'Asia/Manila')).toBe('2026-03-01T16:00:00.000Z');
    expect(startOfDay('2026-03-02', 'America/St_Johns')).toBe('2026-03-02T03:30:00.000Z');
  });

  it('has 23 hours when the clocks go forward, and 25 when they go back', () => {
    const hours = (day: string): number => {
      const { from, to } = dayRange(day, 'Europe/Berlin');
      return (Date.parse(to) - Date.parse(from)) / 3_600_000;
    };

    expect(hours('2026-03-29')).toBe(23);
    expect(hours('2026-10-25')).toBe(25);
    expect(hours('2026-10-26')).toBe(24);
  });

  it('starts at the change of the clocks where midnight does not exist', () => {
    const start = startOfDay('2026-09-06', 'America/Santiago');

    expect(dayOf(start, 'America/Santiago')).toBe('2026-09-06');
    expect(minutesOfDay(start, 'America/Santiago')).toBe(60);
  });

  it('is counted on the calendar, across a change of the clocks', () => {
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
    expect(daysBetween('2026-03-02', '2026-02-27')).toBe(-3);
  });

  it('is told from other texts', () => {
    expect(isDay('2026-03-02')).toBe(true);
    expect(isDay('2026-13-02')).toBe(false);
    expect(isDay('tomorrow')).toBe(false);
    expect(isDay(null)).toBe(false);
  });
});

describe('a time on the wall', () => {
  it('is the instant at which the clock of that zone shows it', () => {
    expect(instantAt('2026-03-02', 630, 'Asia/Manila')).toBe('2026-03-02T02:30:00.000Z');
    expect(instantAt('2026-03-02', 630, 'America/New_York')).toBe('2026-03-02T15:30:00.000Z');
    expect(instantAt('2026-03-02', 1_440, 'Asia/Kolkata')).toBe('2026-03-02T18:30:00.000Z');
  });

  it('that a clock change leaves out is as long after the change', () => {
    expect(instantAt('2026-03-29', 150, 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
    expect(minutesOfDay('2026-03-29T01:30:00.000Z', 'Europe/Berlin')).toBe(210);
  });

  it('that comes twice is the first of them', () => {
    expect(instantAt('2026-10-25', 150, 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
    expect(instantAt('2026-04-05', 105, 'Australia/Lord_Howe')).toBe('2026-04-04T14:45:00.000Z');
  });
});
