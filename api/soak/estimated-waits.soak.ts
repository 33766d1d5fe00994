import { describe, expect, it } from 'vitest';
import { paceOf } from '../migrations/0021-pace.ts';
import { estimateWaitMinutes } from '../src/features/visits/visit.domain.ts';
import { dice } from '../test/support/dice.ts';
import { report } from '../test/support/report.ts';
import { percentile } from './figures.ts';
import { opensAt, simulateDay, type DoctorHabits, type Stay } from './waiting-days.ts';

const days = 200;
/** At first nobody knows anybody's pace. */
const warmUpDays = 5;
/** A waiting patient looks at the phone so often, minutes. */
const lookEvery = 5;
/** What the pace was made of before, for comparison. */
const paceOfTwenty = 20;
/** The clinic's average is that of so many days back. */
const averageDays = 30;

const doctors: readonly DoctorHabits[] = [
  { medianMinutes: 7, spread: 0.35, drift: 0.1 },
  { medianMinutes: 12, spread: 0.45, drift: 0.25 },
  { medianMinutes: 15, spread: 0.5, drift: -0.2 },
  { medianMinutes: 22, spread: 0.4, drift: 0.15 },
];

const wayNames = [
  'estimate',
  'estimate over twenty',
  'clinic average × ahead',
  'clinic average × (ahead + running)',
] as const;
type Errors = Record<(typeof wayNames)[number], number[]>;

function median(figures: readonly number[]): number | null {
  const sorted = [...figures].sort((one, other) => one - other);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

const mean = (figures: readonly number[]): number => figures.reduce((sum, one) => sum + one, 0) / figures.length;
const length = ({ started, completed }: Stay): number => completed - started;

/** Every look that somebody took who waited: each way's minutes against those that passed until they were taken in. */
function compare(
  stays: readonly Stay[],
  known: { own: readonly number[]; clinicAverage: number },
  errors: Errors,
): void {
  for (const stay of stays) {
    for (let now = Math.max(opensAt, stay.arrived); now < stay.started; now += lookEvery) {
      const inQueue = stays.filter(({ arrived, started }) => arrived <= now && started > now);
      const ahead = inQueue.filter(
        (other) => other !== stay && (other.isUrgent === stay.isUrgent ? other.arrived < stay.arrived : other.isUrgent),
      ).length;
      const running = stays.find(({ started, completed }) => started <= now && completed > now);
      const done = stays.filter(({ completed }) => completed <= now).map(length);
      const estimateOf = (count: number): number => {
        const medianMinutes = median([...known.own, ...done].slice(-count));
        const medianSeconds = medianMinutes === null ? null : medianMinutes * 60;
        const runningSince = running === undefined ? null : new Date(running.started * 60_000);
        return estimateWaitMinutes({ ahead, medianSeconds, runningSince }, new Date(now * 60_000)) ?? Number.NaN;
      };
      const actual = stay.started - now;
      const given = [
        estimateOf(paceOf),
        estimateOf(paceOfTwenty),
        Math.round(known.clinicAverage * ahead),
        Math.round(known.clinicAverage * (ahead + (running === undefined ? 0 : 1))),
      ];
      wayNames.forEach((name, index) => errors[name].push(Math.abs((given[index] ?? Number.NaN) - actual)));
    }
  }
}

function errorsOf(seed: number): Errors {
  const roll = dice(seed);
  const errors: Errors = {
    estimate: [],
    'estimate over twenty': [],
    'clinic average × ahead': [],
    'clinic average × (ahead + running)': [],
  };
  const histories = doctors.map((): number[][] => []);
  for (let day = 0; day < days; day += 1) {
    const clinicAverage = mean(histories.flatMap((history) => history.slice(-averageDays).flat()));
    doctors.forEach((habits, index) => {
      const history = histories[index] ?? [];
      const stays = simulateDay(roll, habits);
      if (day >= warmUpDays) compare(stays, { own: history.slice(-3).flat(), clinicAverage }, errors);
      history.push(stays.map(length));
    });
  }
  return errors;
}

describe('the estimated wait', () => {
  it.each([1, 2, 3])('is closer than the clinic average times the people ahead, over 200 days (seed %i)', (seed) => {
    const errors = errorsOf(seed);

    const figures = wayNames.map((name) => ({
      name,
      mean: mean(errors[name]),
      p90: percentile(errors[name], 0.9),
      looks: errors[name].length,
    }));
    for (const { name, mean: average, p90, looks } of figures)
      report(
        `seed ${seed}, ${name}: off by ${average.toFixed(2)} min in the mean, p90 ${p90.toFixed(2)} (${looks} looks)`,
      );
    const [ours, ...others] = figures;
    for (const other of others) {
      expect(ours?.mean).toBeLessThan(other.mean);
      expect(ours?.p90).toBeLessThan(other.p90);
    }
  });
});
