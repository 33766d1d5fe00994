import { describe, expect, it } from 'vitest';
import { followUpReminderAt } from './follow-up.domain.ts';

const mondayNoon = new Date('2030-03-04T04:00:00Z');
const at = (followUpOn: string) => followUpReminderAt(followUpOn, mondayNoon, 'Asia/Manila')?.toISOString() ?? null;

describe('the reminder to come again', () => {
  it('comes a week before, at nine in the morning of the clinic', () => {
    expect(at('2030-04-01')).toBe('2030-03-25T01:00:00.000Z');
  });

  it('comes the next morning when a week before has passed', () => {
    expect(at('2030-03-11')).toBe('2030-03-05T01:00:00.000Z');
    expect(at('2030-03-06')).toBe('2030-03-05T01:00:00.000Z');
  });

  it('does not come where the day itself is tomorrow', () => {
    expect(at('2030-03-05')).toBeNull();
  });
});
