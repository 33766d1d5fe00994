import { describe, expect, it } from 'vitest';
import {
  afterOffer,
  hasRunOut,
  inOpenedTime,
  isHeld,
  offerEndsAt,
  suits,
  withPassed,
  type Waiting,
} from './waitlist.domain.ts';

const zone = 'Asia/Manila';
const slot = {
  doctorId: 'reyes',
  startsAt: new Date('2030-03-05T16:30:00Z'),
  endsAt: new Date('2030-03-05T17:00:00Z'),
};
const aWait = (changes: Partial<Waiting> = {}): Waiting => ({
  doctorId: null,
  earliest: '2030-03-06',
  latest: '2030-03-06',
  passedOffers: [],
  ...changes,
});

describe('an opened slot', () => {
  it('suits whoever takes any doctor or this one, on a clinic day of theirs', () => {
    expect(suits(aWait(), slot, zone)).toBe(true);
    expect(suits(aWait({ doctorId: 'reyes' }), slot, zone)).toBe(true);
    expect(suits(aWait({ doctorId: 'rao' }), slot, zone)).toBe(false);
    expect(suits(aWait({ earliest: '2030-03-05', latest: '2030-03-05' }), slot, zone)).toBe(false);
    expect(suits(aWait({ earliest: '2030-03-07', latest: '2030-03-09' }), slot, zone)).toBe(false);
    expect(suits(aWait({ earliest: '2030-03-05', latest: '2030-03-05' }), slot, 'UTC')).toBe(true);
  });

  it('is not offered again to whoever let it pass, nor what overlaps it; with another doctor or at another time it is', () => {
    const passed = aWait({ passedOffers: withPassed([], slot, new Date('2030-03-01T00:00:00Z')) });
    const at = (start: string, end: string) => ({
      ...slot,
      startsAt: new Date(`2030-03-05T${start}:00Z`),
      endsAt: new Date(`2030-03-05T${end}:00Z`),
    });

    expect(suits(passed, slot, zone)).toBe(false);
    expect(suits(passed, at('16:15', '16:45'), zone)).toBe(false);
    expect(suits(passed, at('17:00', '17:30'), zone)).toBe(true);
    expect(suits(passed, { ...slot, doctorId: 'rao' }, zone)).toBe(true);
  });

  it('is forgotten once its time has come', () => {
    const later = { ...slot, startsAt: new Date('2030-03-08T01:00:00Z'), endsAt: new Date('2030-03-08T01:30:00Z') };
    const [name] = withPassed([], slot, new Date('2030-03-01T00:00:00Z'));
    const [laterName] = withPassed([], later, new Date('2030-03-01T00:00:00Z'));

    expect(withPassed([name ?? ''], later, new Date('2030-03-05T16:29:59Z'))).toEqual([name, laterName]);
    expect(withPassed([name ?? ''], later, slot.startsAt)).toEqual([laterName]);
  });

  it('is one that lies in the opened time, before one that only reaches into it', () => {
    const at = (start: string, end: string) => ({
      startsAt: new Date(`2030-03-05T${start}:00Z`),
      endsAt: new Date(`2030-03-05T${end}:00Z`),
    });
    const slots = [at('08:45', '09:15'), at('09:00', '09:30'), at('09:15', '09:45'), at('09:30', '10:00')];

    expect(inOpenedTime(slots, at('09:00', '09:30'))).toEqual([
      at('09:00', '09:30'),
      at('08:45', '09:15'),
      at('09:15', '09:45'),
    ]);
  });
});

describe('an offer', () => {
  const now = new Date('2030-03-05T12:00:00Z');

  it('is held for half an hour, at most until its slot begins', () => {
    expect(offerEndsAt(now, slot)).toEqual(new Date('2030-03-05T12:30:00Z'));
    expect(offerEndsAt(new Date('2030-03-05T16:20:00Z'), slot)).toEqual(slot.startsAt);
  });

  it('can be taken until the last millisecond of its hold, and need not be told of afterwards', () => {
    const expiresAt = new Date('2030-03-05T12:30:00Z');

    expect(isHeld(expiresAt, new Date('2030-03-05T12:29:59.999Z'))).toBe(true);
    expect(isHeld(expiresAt, expiresAt)).toBe(false);
    expect(isHeld(null, now)).toBe(false);
    expect([hasRunOut(now, new Date('2030-03-05T12:29:59.999Z')), hasRunOut(now, expiresAt)]).toEqual([false, true]);
  });

  it('leaves whoever did not take it waiting, or ends with their last clinic day', () => {
    expect(afterOffer('2030-03-05', new Date('2030-03-05T15:59:59Z'), zone)).toBe('WAITING');
    expect(afterOffer('2030-03-05', new Date('2030-03-05T16:00:00Z'), zone)).toBe('LEFT');
  });
});
