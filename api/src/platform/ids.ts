import { randomFillSync } from 'node:crypto';
import { badUserInput } from './errors.ts';

const TAG_MAXIMUM = 0xfff;
const MILLISECONDS_MAXIMUM = 2 ** 48 - 1;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const UUID_V8 = /^[0-9a-f]{8}-[0-9a-f]{4}-8([0-9a-f]{3})-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const namesByTag = new Map<string, string>();

/** One kind of thing that has ids, such as the appointments. */
export interface IdKind {
  readonly name: string;
  readonly tag: number;
  /** Makes a new id; ids made at a later millisecond sort later. */
  make(at: Date): string;
  is(value: string): boolean;
  /**
   * Returns the id in the database's spelling (lower case).
   *
   * @throws RequestError BAD_USER_INPUT naming the field, when the text is no id or one of another kind
   */
  parse(value: string, field: string[]): string;
}

/**
 * Registers a kind of id: a UUID of version 8 that holds 48 bits of milliseconds, the kind's 12-bit tag and
 * 62 random bits. Tag 0xa01 reads `…-8a01-…`.
 *
 * @param tag  0 to 0xfff, unique over the process and never given to another kind once rows exist
 * @throws Error when the name or the tag is taken, or the tag is out of range
 */
export function defineIdKind(name: string, tag: number): IdKind {
  if (!Number.isInteger(tag) || tag < 0 || tag > TAG_MAXIMUM) {
    throw new Error(`The tag of ${name} must be an integer from 0 to 0xfff`);
  }
  const tagText = tag.toString(16).padStart(3, '0');
  const holder = namesByTag.get(tagText);
  if (holder !== undefined) throw new Error(`The tag 0x${tagText} belongs to ${holder} already`);
  if ([...namesByTag.values()].includes(name)) throw new Error(`The id kind ${name} is defined twice`);
  namesByTag.set(tagText, name);

  const is = (value: string) => tagOf(value) === tagText;
  return {
    name,
    tag,
    make: (at) => makeId(at, tagText),
    is,
    parse(value, field) {
      const id = value.toLowerCase();
      if (!is(id)) throw badUserInput(`This is not the id of ${withArticle(wordsOf(name))}.`, field);
      return id;
    },
  };
}

/** Returns the name of the kind an id belongs to; null for text that is no id or carries an unknown tag. */
export function kindOf(id: string): string | null {
  const tagText = tagOf(id.toLowerCase());
  if (tagText === null) return null;
  return namesByTag.get(tagText) ?? null;
}

/** Returns the instant, to the millisecond, that an id of this system was made for. */
export const instantOf = (id: string): Date => new Date(Number.parseInt(id.replace('-', '').slice(0, 12), 16));

/** How many bytes an id takes. */
export const idBytes = 16;

/** @throws TypeError for what is no id */
export function packId(id: string): Buffer {
  if (!UUID.test(id)) throw new TypeError('Only an id can be packed.');
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

/** The id that starts at a byte, whatever its kind. */
export const unpackId = (bytes: Buffer, start = 0): string =>
  bytes
    .subarray(start, start + idBytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

function tagOf(id: string): string | null {
  return UUID_V8.exec(id)?.[1] ?? null;
}

const withArticle = (words: string): string => `${/^[aeiou](?!ser)/.test(words) ? 'an' : 'a'} ${words}`;

function wordsOf(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}

function makeId(at: Date, tagText: string): string {
  const milliseconds = at.getTime();
  if (!(milliseconds >= 0 && milliseconds <= MILLISECONDS_MAXIMUM)) {
    throw new RangeError('An id needs an instant between 1970 and the year 10889');
  }
  const bytes = randomFillSync(Buffer.alloc(8));
  bytes.writeUInt8((bytes.readUInt8(0) & 0x3f) | 0x80, 0);
  const time = milliseconds.toString(16).padStart(12, '0');
  const random = bytes.toString('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-8${tagText}-${random.slice(0, 4)}-${random.slice(4)}`;
}
