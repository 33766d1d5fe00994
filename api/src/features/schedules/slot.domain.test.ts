import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { someSlotCase, slotsByLooking } from '../../../test/support/slot-model.ts';
import { merge } from '../../platform/intervals.ts';
import { WEEKDAYS, wallTimeOf } from '../../platform/zone.ts';
import {
  freeSlots,
  isInsideHours,
  nearest,
  shiftsOn,
  wallClockOf,
  type Block,
  type SlotQuestion,
} from './slot.domain.ts';

const minuteMs = 60_000;
const instant = (text: string) => new Date(text);
const between = (startsAt: string, endsAt: string) => ({ startsAt: instant(startsAt), endsAt: instant(endsAt) });
const aBlock = (changes: Partial<Block> = {}): Block => ({
  weekday: 'MONDAY',
  startsAt: '09:00',
  endsAt: '11:00',
  slotMinutes: 30,
  ...changes,
});

const aQuestion = (changes: Partial<SlotQuestion> = {}): SlotQuestion => ({
  day: '2030-03-04',
  blocks: [aBlock()],
  at: wallClockOf('Asia/Manila'),
  busy: [],
  durationMinutes: 30,
  now: instant('2030-03-03T00:00:00Z'),
  ...changes,
});

/** Start times as the clinic's wall clock in Manila shows them. */
const starts = (question: SlotQuestion) =>
  freeSlots(question).map(({ startsAt }) => wallTimeOf(startsAt, 'Asia/Manila'));

describe('free slots', () => {
  it('start on the grid of their block and last as long as the service', () => {
    const slots = freeSlots(aQuestion({ blocks: [aBlock({ endsAt: '10:00' })], durationMinutes: 45 }));

    expect(slots).toEqual([between('2030-03-04T01:00:00Z', '2030-03-04T01:45:00Z')]);
  });

  it('lie within one block: a break is never worked through', () => {
    const blocks = [aBlock({ endsAt: '10:00' }), aBlock({ startsAt: '10:30', endsAt: '11:30' })];

    expect(starts(aQuestion({ blocks, durationMinutes: 60 }))).toEqual(['09:00', '10:30']);
  });

  it('leave out what is busy, and nothing that only touches it', () => {
    const busy = [between('2030-03-04T01:30:00Z', '2030-03-04T02:00:00Z')];

    expect(starts(aQuestion({ busy }))).toEqual(['09:00', '10:00', '10:30']);
  });

  it('leave out what is busy for a minute', () => {
    const busy = [between('2030-03-04T01:59:00Z', '2030-03-04T02:01:00Z')];

    expect(starts(aQuestion({ busy }))).toEqual(['09:00', '10:30']);
  });

  it('are in the future: one that starts now is gone', () => {
    expect(starts(aQuestion({ now: instant('2030-03-04T01:30:00Z') }))).toEqual(['10:00', '10:30']);
  });

  it('of a service longer than every block do not exist', () => {
    expect(starts(aQuestion({ durationMinutes: 121 }))).toEqual([]);
  });

  it.each([
    ['America/New_York', 'the clocks go forward', '2030-03-09', '2030-03-10', '2030-03-09T14:00Z', '2030-03-10T13:00Z'],
    ['America/New_York', 'the clocks go back', '2030-11-02', '2030-11-03', '2030-11-02T13:00Z', '2030-11-03T14:00Z'],
    [
      'Australia/Lord_Howe',
      'the clocks go back half an hour',
      '2030-04-06',
      '2030-04-07',
      '2030-04-05T22:00Z',
      '2030-04-06T22:30Z',
    ],
    [
      'Australia/Lord_Howe',
      'the clocks go forward half an hour',
      '2030-10-05',
      '2030-10-06',
      '2030-10-04T22:30Z',
      '2030-10-05T22:00Z',
    ],
  ])('in %s begin at 09:00 before and after %s', (timeZone, ...[, before, after, ...expected]) => {
    const blocks = WEEKDAYS.map((weekday) => aBlock({ weekday, endsAt: '09:30' }));

    const at = wallClockOf(timeZone);
    const slots = [before, after].flatMap((day) => freeSlots(aQuestion({ day, blocks, at })));

    expect(slots.map(({ startsAt }) => startsAt)).toEqual(expected.map(instant));
  });
});

describe('free slots of any schedule', () => {
  it('are those that looking at every five minutes finds', () => {
    fc.assert(
      fc.property(someSlotCase, ({ days, busy, timeZone, ...others }) => {
        const question = { ...others, at: wallClockOf(timeZone), busy: merge(busy) };

        const slots = days.flatMap((day) => freeSlots({ ...question, day }));

        expect(slots.map(({ startsAt }) => startsAt.getTime())).toEqual(
          slotsByLooking({ ...others, days, busy, timeZone }),
        );
        expect(slots.every((slot) => +slot.endsAt - +slot.startsAt === others.durationMinutes * minuteMs)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('working hours', () => {
  it('are in order, whatever order the blocks come in', () => {
    const blocks = [aBlock({ startsAt: '14:00', endsAt: '15:00' }), aBlock()];

    const shifts = shiftsOn('2030-03-04', blocks, wallClockOf('Asia/Manila'));

    expect(shifts.map(({ startsAt }) => startsAt)).toEqual([
      instant('2030-03-04T01:00Z'),
      instant('2030-03-04T06:00Z'),
    ]);
  });

  it('hold an appointment across two blocks that touch, and none across a break', () => {
    const touching = [aBlock({ endsAt: '10:00' }), aBlock({ startsAt: '10:00' })];
    const apart = [aBlock({ endsAt: '10:00' }), aBlock({ startsAt: '10:05' })];
    const appointment = between('2030-03-04T01:30:00Z', '2030-03-04T02:30:00Z');

    expect(isInsideHours(appointment, touching, 'Asia/Manila')).toBe(true);
    expect(isInsideHours(appointment, apart, 'Asia/Manila')).toBe(false);
  });

  it('hold what ends with them, and nothing that ends a minute later', () => {
    expect(isInsideHours(between('2030-03-04T02:30Z', '2030-03-04T03:00Z'), [aBlock()], 'Asia/Manila')).toBe(true);
    expect(isInsideHours(between('2030-03-04T02:30Z', '2030-03-04T03:01Z'), [aBlock()], 'Asia/Manila')).toBe(false);
  });
});

describe('the nearest slots', () => {
  it('come closest first, and of two equally close ones the earlier', () => {
    const slots = freeSlots(aQuestion({ blocks: [aBlock({ endsAt: '12:00' })] }));

    const found = nearest(slots, instant('2030-03-04T02:00:00Z'), 3);

    expect(found.map(({ startsAt }) => wallTimeOf(startsAt, 'Asia/Manila'))).toEqual(['10:00', '09:30', '10:30']);
  });
});
