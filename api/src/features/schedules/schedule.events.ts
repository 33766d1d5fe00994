/** Facts about when doctors work, under names that screens and later features listen to. Their subject is the time off, or the doctor. */
export const scheduleFacts = {
  SCHEDULE_CHANGED: 'SCHEDULE_CHANGED',
  TIME_OFF_ADDED: 'TIME_OFF_ADDED',
  TIME_OFF_REMOVED: 'TIME_OFF_REMOVED',
} as const;

export const isScheduleFact = (type: string): boolean => Object.values<string>(scheduleFacts).includes(type);
