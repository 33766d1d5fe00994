import type { Roll } from '../test/support/dice.ts';

/** Minutes of a clinic day at which this patient came, was taken in, and was done. */
export interface Stay {
  arrived: number;
  started: number;
  completed: number;
  isUrgent: boolean;
}

export interface DoctorHabits {
  /** Median consultation, minutes. */
  medianMinutes: number;
  /** How much consultations differ: the standard deviation of their logarithm. */
  spread: number;
  /** Share by which the doctor is slower at the end of the day than in its middle; below zero, faster. */
  drift: number;
}

export const opensAt = 9 * 60;
const closesAt = 17 * 60;

const uniform = (roll: Roll): number => (roll(1_000_000) + 1) / 1_000_001;

/** Standard normal, by Box and Muller. */
const normal = (roll: Roll): number => Math.sqrt(-2 * Math.log(uniform(roll))) * Math.cos(2 * Math.PI * uniform(roll));

const logNormal = (roll: Roll, median: number, spread: number): number => median * Math.exp(spread * normal(roll));

/** Booked patients come around their times, one slot after the other; walk-ins at any time; one in thirty is urgent. */
function arrivals(roll: Roll, { medianMinutes, spread }: DoctorHabits): { at: number; isUrgent: boolean }[] {
  // A clinic leaves room for the time between two patients and for what goes wrong.
  const slot = Math.ceil((medianMinutes * Math.exp((spread * spread) / 2) + 3) / 5) * 5;
  const booked: number[] = [];
  for (let at = opensAt; at < closesAt - slot; at += slot) if (roll(10) < 8) booked.push(at - 5 + 8 * normal(roll));
  const walkIns = Array.from({ length: 2 + roll(5) }, () => opensAt + uniform(roll) * (closesAt - opensAt - 60));
  return [...booked, ...walkIns]
    .map((at) => ({ at: Math.max(opensAt - 20, at), isUrgent: roll(30) === 0 }))
    .sort((one, other) => one.at - other.at);
}

/** How long this consultation takes; one in twenty-five is interrupted and takes long. */
function consultation(
  roll: Roll,
  { medianMinutes, spread, drift }: DoctorHabits,
  at: number,
  dayFactor: number,
): number {
  const throughTheDay = (at - opensAt) / (closesAt - opensAt) - 0.5;
  const interruption = roll(25) === 0 ? 8 + uniform(roll) * 17 : 0;
  return (
    Math.max(2, logNormal(roll, medianMinutes * dayFactor * (1 + 2 * drift * throughTheDay), spread)) + interruption
  );
}

/** From one patient to the next: half a minute to three, and now and then the doctor is called away. */
const pauseBetween = (roll: Roll): number => 0.5 + uniform(roll) * 2.5 + (roll(20) === 0 ? 5 + uniform(roll) * 15 : 0);

/** One day of one doctor, as it happened: urgent first, then by arrival, one after the other. */
export function simulateDay(roll: Roll, habits: DoctorHabits): Stay[] {
  const dayFactor = logNormal(roll, 1, 0.15);
  const waiting = arrivals(roll, habits);
  const stays: Stay[] = [];
  let free = opensAt + uniform(roll) * 10;
  while (waiting.length > 0) {
    const here = waiting.filter(({ at }) => at <= free);
    const next = here.find(({ isUrgent }) => isUrgent) ?? here[0] ?? waiting[0];
    if (next === undefined) break;
    waiting.splice(waiting.indexOf(next), 1);
    const started = Math.max(free, next.at);
    const completed = started + consultation(roll, habits, started, dayFactor);
    stays.push({ arrived: next.at, started, completed, isUrgent: next.isUrgent });
    free = completed + pauseBetween(roll);
  }
  return stays;
}
