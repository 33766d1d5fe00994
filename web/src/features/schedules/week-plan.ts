import type { ScheduleBlockInput, Weekday } from '../../gql/graphql.ts';

export const weekdays: readonly Weekday[] = [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
];

export interface PlannedBlock {
  startsAt: string;
  endsAt: string;
}

export type WeekPlan = Record<Weekday, PlannedBlock[]>;

interface BlockLike extends PlannedBlock {
  readonly weekday: Weekday;
  readonly slotMinutes: number;
}

/** Spreads schedule blocks over the week, each day in order. */
export function weekPlanOf(blocks: readonly BlockLike[]): WeekPlan {
  const dayOf = (weekday: Weekday): PlannedBlock[] =>
    blocks
      .filter((block) => block.weekday === weekday)
      .map(({ startsAt, endsAt }) => ({ startsAt, endsAt }))
      .sort((left, right) => left.startsAt.localeCompare(right.startsAt));
  return {
    MONDAY: dayOf('MONDAY'),
    TUESDAY: dayOf('TUESDAY'),
    WEDNESDAY: dayOf('WEDNESDAY'),
    THURSDAY: dayOf('THURSDAY'),
    FRIDAY: dayOf('FRIDAY'),
    SATURDAY: dayOf('SATURDAY'),
    SUNDAY: dayOf('SUNDAY'),
  };
}

/** Turns the plan back into the blocks of setSchedule, which replaces the whole week. */
export function blocksOf(plan: WeekPlan, slotMinutes: number): ScheduleBlockInput[] {
  return weekdays.flatMap((weekday) => plan[weekday].map((block) => ({ weekday, ...block, slotMinutes })));
}

/** The block to offer next on a day: the morning first, then an hour after the last one; null when the day is full. */
export function nextBlock(day: readonly PlannedBlock[]): PlannedBlock | null {
  const last = day.at(-1);
  if (!last) return { startsAt: '09:00', endsAt: '12:00' };
  const startHour = Math.ceil(minutesOf(last.endsAt) / 60) + 1;
  if (startHour > 22) return null;
  return { startsAt: hourText(startHour), endsAt: hourText(Math.min(23, startHour + 4)) };
}

const usualHours: readonly PlannedBlock[] = [
  { startsAt: '09:00', endsAt: '12:00' },
  { startsAt: '13:00', endsAt: '17:00' },
];

const copyOf = (blocks: readonly PlannedBlock[]): PlannedBlock[] => blocks.map((block) => ({ ...block }));

/** Monday to Friday, nine to five with an hour for lunch: what most weeks start from. */
export function standardWeek(): WeekPlan {
  const plan = weekPlanOf([]);
  for (const weekday of weekdays.slice(0, 5)) plan[weekday] = copyOf(usualHours);
  return plan;
}

/** The hours to begin a working day with: those of the week's first working day, else the usual ones. */
export function hoursLikeOthers(plan: WeekPlan): PlannedBlock[] {
  return copyOf(weekdays.map((weekday) => plan[weekday]).find((blocks) => blocks.length > 0) ?? usualHours);
}

/** The same week with one day's hours on others as well. */
export function withDayCopied(plan: WeekPlan, from: Weekday, to: readonly Weekday[]): WeekPlan {
  const copied = { ...plan };
  for (const weekday of to) copied[weekday] = copyOf(plan[from]);
  return copied;
}

/** The same week with Monday's hours from Tuesday to Friday as well. */
export function withMondayCopied(plan: WeekPlan): WeekPlan {
  return withDayCopied(plan, 'MONDAY', weekdays.slice(1, 5));
}

/** Hours of one day as it is painted, minutes since midnight; half-open. */
interface Painted {
  readonly from: number;
  readonly to: number;
}

const asPainted = ({ startsAt, endsAt }: PlannedBlock): Painted => ({
  from: minutesOf(startsAt),
  to: minutesOf(endsAt),
});
/** A day has no 24:00; its last minute stands for it. */
const asBlock = ({ from, to }: Painted): PlannedBlock => ({
  startsAt: timeText(from),
  endsAt: timeText(Math.min(to, 24 * 60 - 1)),
});

/** The day with hours painted into it: what they touch or overlap becomes one block with them. */
export function withPainted(day: readonly PlannedBlock[], from: number, to: number): PlannedBlock[] {
  const touching = day.map(asPainted).filter((block) => block.from <= to && block.to >= from);
  const apart = day.map(asPainted).filter((block) => block.from > to || block.to < from);
  const joined = {
    from: Math.min(from, ...touching.map((block) => block.from)),
    to: Math.max(to, ...touching.map((block) => block.to)),
  };
  return [...apart, joined].sort((left, right) => left.from - right.from).map(asBlock);
}

/** The day with hours wiped out of it: in the middle of a block they leave a break. */
export function withWiped(day: readonly PlannedBlock[], from: number, to: number): PlannedBlock[] {
  return day
    .map(asPainted)
    .flatMap((block) => [
      { from: block.from, to: Math.min(block.to, from) },
      { from: Math.max(block.from, to), to: block.to },
    ])
    .filter((block) => block.to > block.from)
    .map(asBlock);
}

/** Whether somebody works at a minute of a day. */
export function worksAt(day: readonly PlannedBlock[], minute: number): boolean {
  return day.map(asPainted).some((block) => block.from <= minute && minute < block.to);
}

/** The day with an hour off at noon; null when no block runs across it. */
export function withLunchBreak(day: readonly PlannedBlock[]): PlannedBlock[] | null {
  const across = day.find(({ startsAt, endsAt }) => startsAt < '12:00' && endsAt > '13:00');
  if (!across) return null;
  return day.flatMap((block) =>
    block === across
      ? [
          { startsAt: block.startsAt, endsAt: '12:00' },
          { startsAt: '13:00', endsAt: block.endsAt },
        ]
      : [{ ...block }],
  );
}

function hourText(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}

function timeText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** Minutes worked in the week, for the sum under the editor. */
export function weeklyMinutes(plan: WeekPlan): number {
  return weekdays
    .flatMap((weekday) => plan[weekday])
    .reduce((sum, { startsAt, endsAt }) => sum + Math.max(0, minutesOf(endsAt) - minutesOf(startsAt)), 0);
}
