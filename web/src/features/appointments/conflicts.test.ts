import { describe, expect, it } from 'vitest';
import { conflictsOf } from './conflicts.ts';

const at = (id: string, from: string, to: string, doctorId = 'd1') => ({
  id,
  startsAt: `2026-03-02T${from}:00.000Z`,
  endsAt: `2026-03-02T${to}:00.000Z`,
  doctor: { id: doctorId },
});

describe('a request that clashes', () => {
  it('is told from one that only touches another appointment', () => {
    const booked = [at('a', '09:00', '09:30')];

    const conflicts = conflictsOf(
      [at('r1', '09:15', '09:45'), at('r2', '09:30', '10:00'), at('r3', '08:30', '09:00')],
      booked,
    );

    expect([...conflicts].map(([id, other]) => [id, other.id])).toEqual([['r1', 'a']]);
  });

  it('clashes with the same doctor alone', () => {
    expect(conflictsOf([at('r', '09:00', '09:30')], [at('a', '09:00', '09:30', 'd2')]).size).toBe(0);
  });
});
