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

/** The same week with Monday's hours from Tuesday to Friday as well. */
export function withMondayCopied(plan: WeekPlan): WeekPlan {
  const copied = { ...plan };
  for (const weekday of weekdays.slice(1, 5)) copied[weekday] = copyOf(plan.MONDAY);
  return copied;
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

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** Minutes worked in the week, for the sum under the editor. */
export function weeklyMinutes(plan: WeekPlan): number {
  return weekdays
    .flatMap((weekday) => plan[weekday])
    .reduce((sum, { startsAt, endsAt }) => sum + Math.max(0, minutesOf(endsAt) - minutesOf(startsAt)), 0);
}
