import { describe, expect, it } from 'vitest';
import { lanesOf, type Stretch } from './lanes.ts';

const at = (startMinute: number, endMinute: number): Stretch => ({ startMinute, endMinute });

describe('appointments side by side', () => {
  it('keep the whole width when they only touch', () => {
    expect(lanesOf([at(540, 570), at(570, 600)])).toEqual([
      { lane: 0, laneCount: 1 },
      { lane: 0, laneCount: 1 },
    ]);
  });

  it('share the width with all that hang together, and take a lane that is free again', () => {
    const lanes = lanesOf([at(540, 630), at(550, 570), at(575, 600), at(630, 660)]);

    expect(lanes).toEqual([
      { lane: 0, laneCount: 2 },
      { lane: 1, laneCount: 2 },
      { lane: 1, laneCount: 2 },
      { lane: 0, laneCount: 1 },
    ]);
  });

  it('stand as given, whatever the order they are given in', () => {
    expect(lanesOf([at(600, 615), at(540, 610)])).toEqual([
      { lane: 1, laneCount: 2 },
      { lane: 0, laneCount: 2 },
    ]);
  });

  it('never cover each other, for a thousand days of any shape', () => {
    let state = 7;
    const roll = (sides: number): number => {
      state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
      return Math.floor((state / 4_294_967_296) * sides);
    };
    for (let day = 0; day < 1_000; day += 1) {
      const stretches = Array.from({ length: roll(25) }, () => {
        const start = roll(1_400);
        return at(start, start + 5 + roll(120));
      });
      const lanes = lanesOf(stretches);
      const covering = stretches.some((one, left) =>
        stretches.some(
          (other, right) =>
            left < right &&
            one.startMinute < other.endMinute &&
            other.startMinute < one.endMinute &&
            (lanes[left]?.lane === lanes[right]?.lane || lanes[left]?.laneCount !== lanes[right]?.laneCount),
        ),
      );

      expect(covering).toBe(false);
    }
  });
});
