import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineIdKind, kindOf } from './ids.ts';

const house = defineIdKind('House', 0xf01);
const blueDoor = defineIdKind('BlueDoor', 0x002);
const at = new Date('2026-03-01T10:00:00.123Z');

describe('an id', () => {
  it('is a UUID of version 8 whose third group is the tag', () => {
    expect(house.make(at)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8f01-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(blueDoor.make(at)).toMatch(/-8002-/);
  });

  it('holds its milliseconds in the first 48 bits', () => {
    const id = house.make(at);

    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(at.getTime());
  });

  it('sorts by the time it was made', () => {
    const instant = fc.integer({ min: 0, max: 2 ** 48 - 1 });

    fc.assert(
      fc.property(instant, instant, (a, b) => {
        fc.pre(a < b);
        expect(house.make(new Date(a)) < house.make(new Date(b))).toBe(true);
      }),
    );
  });

  it('differs from every other of the same millisecond', () => {
    const ids = new Set(Array.from({ length: 2000 }, () => house.make(at)));

    expect(ids.size).toBe(2000);
  });

  it('is refused for an instant it cannot hold', () => {
    expect(() => house.make(new Date(-1))).toThrow(RangeError);
    expect(() => house.make(new Date(Number.NaN))).toThrow(RangeError);
  });
});

describe('reading an id', () => {
  it('knows the kind', () => {
    const id = house.make(at);

    expect(house.is(id)).toBe(true);
    expect(blueDoor.is(id)).toBe(false);
    expect(kindOf(id)).toBe('House');
    expect(kindOf(id.toUpperCase())).toBe('House');
  });

  it('knows no kind of other text', () => {
    expect(kindOf('')).toBeNull();
    expect(kindOf('6f1c2d9e-3b7a-4c11-9d0e-2a5b8c7d6e5f')).toBeNull();
    expect(kindOf(house.make(at).replace('-8f01-', '-8fff-'))).toBeNull();
    expect(kindOf(`${house.make(at)}\n`)).toBeNull();
  });

  it('answers in lower case', () => {
    const id = house.make(at);

    expect(house.parse(id.toUpperCase(), ['id'])).toBe(id);
  });

  it('refuses an id of another kind and names the field', () => {
    const read = () => blueDoor.parse(house.make(at), ['input', 'doorId']);

    expect(read).toThrow(
      expect.objectContaining({
        code: 'BAD_USER_INPUT',
        field: ['input', 'doorId'],
        message: 'This is not the id of a blue door.',
      }),
    );
  });

  it('refuses every text that is no id', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => house.parse(text, ['id'])).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
      }),
    );
  });
});

describe('defining a kind', () => {
  it('refuses a tag or a name that is taken', () => {
    expect(() => defineIdKind('Shed', 0xf01)).toThrow('belongs to House');
    expect(() => defineIdKind('House', 0xf02)).toThrow('defined twice');
  });

  it('refuses a tag of more than twelve bits', () => {
    expect(() => defineIdKind('Shed', 0x1000)).toThrow('0xfff');
  });
});
