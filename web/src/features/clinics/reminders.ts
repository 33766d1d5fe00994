export const reminderLimit = 10;
/** A week, two days, a day, and the last hours. */
export const usualReminders: readonly number[] = [168, 48, 24, 2, 1];

const descending = (hours: readonly number[]): number[] => [...hours].sort((one, other) => other - one);

/** Takes a reminder in, or out when it is there already. */
export function toggledReminder(hours: readonly number[], lead: number): number[] {
  return hours.includes(lead) ? hours.filter((each) => each !== lead) : descending([...hours, lead]);
}

/** Adds a typed reminder: whole hours, 1 to 336; null when it is none or there are ten already. */
export function withReminder(hours: readonly number[], lead: number): number[] | null {
  if (!Number.isInteger(lead) || lead < 1 || lead > 336 || hours.length >= reminderLimit) return null;
  return hours.includes(lead) ? [...hours] : descending([...hours, lead]);
}
