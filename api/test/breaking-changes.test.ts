import { describe, expect, it } from 'vitest';
import { breakingChanges, endlessDeprecations } from '../../schema/tools/breaking-changes.ts';

const released = `
  type Query { visits(first: Int = 25, status: Status): [Visit!]!  }
  type Visit { id: ID!  note: String  room: String @deprecated(reason: "Use place. Stays until 2027-01-31.") }
  enum Status { OPEN DONE }
  input Filter { from: String }
  type Mutation { find(filter: Filter): Visit }
`;
const day = '2026-11-25';

const after = (from: string | RegExp, to: string, today = day): Promise<string[]> =>
  breakingChanges(released, released.replace(from, to), today);

describe('a change of the schema', () => {
  it.each([
    ['a removed field', 'note: String', '', /^Visit\.note: Field 'note' was removed/],
    ['another type', 'note: String', 'note: Int', /^Visit\.note: .*changed type from 'String' to 'Int'/],
    ['null where there was none', '[Visit!]!', '[Visit!]', /^Query\.visits: .*changed type/],
    ['a new argument that is required', 'status: Status', 'status: Status, clinic: ID!', /Argument 'clinic: ID!'/],
    ['a removed argument', ', status: Status', '', /Argument 'status: Status' was removed/],
    ['an argument that becomes required', 'status: Status', 'status: Status!', /Type for argument 'status'/],
    ['another default', 'Int = 25', 'Int = 50', /Default value for argument 'first'.*changed from '25' to '50'/],
    ['a removed value of an enum', 'OPEN DONE', 'OPEN', /Enum value 'DONE' was removed/],
    ['a new input field that is required', 'from: String', 'from: String  to: String!', /Input field 'to'/],
    ['a removed type', /enum Status.*\n|, status: Status/g, '', /Status/],
  ])('breaks by %s', async (_what, from, to, complaint) => {
    expect((await after(from, to)).join('\n')).toMatch(complaint);
  });

  it.each([
    ['a new field', 'note: String', 'note: String  place: String'],
    ['a new type', 'type Visit', 'type Place { name: String }  type Visit'],
    ['a new argument that may be left out', 'status: Status', 'status: Status, clinic: ID'],
    ['a new value of an enum', 'OPEN DONE', 'OPEN DONE LATE'],
    ['a new input field that may be left out', 'from: String', 'from: String  to: String'],
    ['a deprecation', 'note: String', 'note: String @deprecated(reason: "Use text. Stays until 2027-06-30.")'],
    ['other words', 'type Visit', '"A visit." type Visit'],
  ])('breaks nothing by %s', async (_what, from, to) => {
    expect(await after(from, to)).toEqual([]);
  });

  it('may take away what was deprecated, once its day is over', async () => {
    const room = /room: String @deprecated.*"\)/;

    expect(await after(room, '', '2027-01-31')).toEqual([expect.stringContaining('Visit.room')]);
    expect(await after(room, '', '2027-02-01')).toEqual([]);
  });
});

describe('a deprecation', () => {
  it('says until when', () => {
    expect(endlessDeprecations(released)).toEqual([]);
    expect(
      endlessDeprecations('type Query { a: Int @deprecated  b(c: Int @deprecated(reason: "Use d.")): Int }'),
    ).toEqual(['Query.a', 'Query.b.c']);
  });
});
