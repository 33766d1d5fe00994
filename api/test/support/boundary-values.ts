import type { Roll } from './dice.ts';

/** Stands in a request for a number that JSON can write and JavaScript cannot hold; replaced in the body's text. */
export const beyondNumbers = '\u2603 1e400';

const texts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfff',
  '👩‍👩‍👧‍👦',
  '\u202eabc\u200f',
  '\ufeff',
  '\n\r\t\u2028',
  'e' + '\u0301'.repeat(2_000),
  'İ'.repeat(1_000),
  'ﷺ'.repeat(2_000),
  'x'.repeat(100_000),
  "'; drop table patient; --",
  '%_\\',
  '\\',
  '{}',
  '{1,NULL}',
  'null',
  'NaN',
  'infinity',
  '-infinity',
  'now',
  '1e400',
  '-0',
  '0x10',
  '9'.repeat(400),
  '0.0000001',
  '999999999999999.999999',
  '-999999999999999',
  'a@b.cd\n',
  `${'a'.repeat(300)}@example.org`,
  '+1234567',
  '+999999999999999',
  'zz-ZZ-u-nu-x',
  'en-u-ca-iso8601',
  'Etc/GMT+12',
  'UTC\u0000',
  '00:00',
  '23:59',
  '24:00',
];

const times: readonly string[] = [
  '275760-09-13',
  '+275760-09-13T00:00:00.000Z',
  '-000001-01-01T00:00:00.000Z',
  '-271821-04-20T00:00:00Z',
  '0000-01-01',
  '0000-01-01T00:00:00.000Z',
  '0001-01-01',
  '0001-01-01T00:00:00.000Z',
  '0001-01-01T00:00:00+14:00',
  '1883-11-18T12:00:00Z',
  '1970-01-01T00:00:00.000Z',
  '2016-12-31T23:59:60Z',
  '2030-02-30',
  '2030-02-31T00:00:00.000Z',
  '2030-03-05T24:00:00Z',
  '2030-13-01T00:00:00.000Z',
  '2038-01-19T03:14:08Z',
  '9998-12-31',
  '9998-12-31T23:59:59.999Z',
  '9999-12-31T23:59:59.999Z',
  '10000-01-01T00:00:00Z',
];

const numbers: readonly (number | string)[] = [
  0,
  -1,
  1,
  5,
  101,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31),
  -(2 ** 31) - 1,
  2 ** 53,
  1.5,
  1e21,
  -1e-7,
  beyondNumbers,
];

const strangeIds: readonly string[] = [
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-8a02-bfff-ffffffffffff',
  '01900000-0000-8fff-8000-000000000001',
  '01900000-0000-7a02-8000-000000000001',
  '{01900000-0000-8a02-8000-000000000001}',
  '01900000-0000-8a02-8000-000000000001\n',
  '019000000000-8a02-8000-000000000001',
  "01900000-0000-8a02-8000-000000000001' or true --",
];

function nested(depth: number): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { input: value };
  return value;
}

const shapes: readonly (() => unknown)[] = [
  () => null,
  () => [],
  () => ({}),
  () => [null],
  () => [[]],
  () => Array.from({ length: 1_000 }, () => 'x'),
  () => true,
  () => nested(60),
  () => nested(3_000),
  () => ({ length: 3 }),
  () => ({ toString: 'x', valueOf: null }),
];

/** Makes values from the edges of what a type can hold, and beyond; always the same ones for the same dice. */
export class BoundaryValues {
  readonly #roll: Roll;
  /** Ids and cursors of this clinic, of every kind. */
  readonly #names: readonly string[];
  readonly #cursors: readonly string[];

  constructor(roll: Roll, names: readonly string[]) {
    this.#roll = roll;
    this.#names = names;
    this.#cursors = names.filter((name) => Array.isArray(insideOf(name)));
  }

  /** A value for a place that takes this type; one time in five, one that belongs to another type. */
  for(typeName: string, isCursor: boolean): unknown {
    if (this.#roll(5) === 0) return this.#anything();
    if (isCursor) return this.#cursor();
    if (typeName === 'ID')
      return this.#pick([...strangeIds, ...this.#names, ...this.#names.map((id) => id.toUpperCase())]);
    if (typeName === 'Int' || typeName === 'Float') return this.#pick(numbers);
    if (/^(Date|DateTime|LocalTime)$/.test(typeName)) return this.#pick([...times, ...texts]);
    return this.#pick([...texts, ...times, ...this.#names]);
  }

  #anything(): unknown {
    const kind = this.#roll(4);
    if (kind === 0) return this.#pick(texts);
    if (kind === 1) return this.#pick(numbers);
    return this.#pick(shapes)();
  }

  /** A cursor whose inside was changed, or text that is none. */
  #cursor(): string {
    const inside = this.#roll(4) === 0 ? null : insideOf(this.#pick(this.#cursors));
    if (Array.isArray(inside)) {
      const [list, value, id]: unknown[] = inside;
      const changed = this.#pick([
        [list, this.#pick(times), id],
        [list, this.#pick(times), id],
        [list, this.#pick(times), id],
        [list, this.#pick(texts), id],
        [list, this.#pick(numbers), id],
        [list, value, this.#pick([...strangeIds, ...this.#names])],
        [list, value],
        [value, list, id],
        [[list], [value], [id]],
        [],
        [null, null, null],
        {},
      ]);
      return Buffer.from(JSON.stringify(changed)).toString('base64url');
    }
    const live = this.#pick(['s0', 's1', 's-1', 's', 's999999999999999', 's9999999999999999', 's1e3', '[', '\u0000']);
    return this.#roll(3) === 0 ? this.#pick(texts) : Buffer.from(live).toString('base64url');
  }

  #pick<Value>(values: readonly Value[]): Value {
    const value = values[this.#roll(values.length)];
    if (value === undefined) throw new Error('There is nothing to pick from.');
    return value;
  }
}

/** What a list's cursor is made of; null for what is no such cursor. */
function insideOf(name: string): unknown {
  try {
    return JSON.parse(Buffer.from(name, 'base64url').toString());
  } catch {
    return null;
  }
}
