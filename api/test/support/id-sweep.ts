import { withValueAt } from './filling.ts';
import { hiddenMarks, neverLike, type ForeignObject } from './foreign-objects.ts';
import type { Answer, Json } from './client.ts';
import { nameOfPlace, type NamingPlace } from './naming.ts';
import { valueAt, type OwnCalls } from './own-calls.ts';
import { differencesBetween, type SnapshotTaker } from './table-snapshot.ts';
import type { Person } from './two-clinics.ts';

/** What callers have nothing of their own of, so that nothing can show that the call would work. */
export const nothingOfTheirOwn: Readonly<Record<string, string>> = {
  'DOCTOR at Query.node(id: WaitlistEntry)': 'doctors do not read the waitlist',
  'DOCTOR at Query.nodes(ids: WaitlistEntry)': 'doctors do not read the waitlist',
  ...Object.fromEntries(
    ['Bill', 'Payment', 'Refund'].flatMap((kind) =>
      [`node(id: ${kind})`, `nodes(ids: ${kind})`].map((call) => [`NURSE at Query.${call}`, 'nurses see no money']),
    ),
  ),
  ...Object.fromEntries(
    ['ADMIN', 'NURSE', 'RECEPTIONIST', 'PATIENT'].flatMap((role) =>
      ['node(id: Payout)', 'nodes(ids: Payout)'].map((call) => [
        `${role} at Query.${call}`,
        'doctors read their own, the owner all',
      ]),
    ),
  ),
  'PATIENT at Query.node(id: TimeOff)': 'patients read nobody’s time off',
  'PATIENT at Query.nodes(ids: TimeOff)': 'patients read nobody’s time off',
  ...Object.fromEntries(
    ['OWNER', 'ADMIN', 'RECEPTIONIST'].flatMap((role) =>
      ['node(id', 'nodes(ids'].map((field) => [
        `${role} at Query.${field}: Attachment)`,
        'files are clinical: the front desk hands them in, and management sees none',
      ]),
    ),
  ),
  ...Object.fromEntries(
    ['DOCTOR', 'NURSE', 'RECEPTIONIST', 'PATIENT'].flatMap((role) =>
      ['node(id', 'nodes(ids'].map((field) => [
        `${role} at Query.${field}: AuditEntry)`,
        'the audit log is read by management; a patient’s own part of it through their record',
      ]),
    ),
  ),
};

/** A caller at a place, ready to call with one id or another. */
interface Caller {
  place: NamingPlace;
  person: Person;
  args: Record<string, unknown>;
  parentId: string | undefined;
}

/** Calls with what is not the caller's, at one place of the schema after the other, and says what is wrong. */
export class IdSweep {
  readonly #calls: OwnCalls;
  readonly #snapshots: SnapshotTaker;

  constructor(calls: OwnCalls, snapshots: SnapshotTaker) {
    this.#calls = calls;
    this.#snapshots = snapshots;
  }

  /**
   * Calls with somebody else's ids and with one that never was, as many people, and looks at every table before and
   * after. Returns what differs, what was read and what was changed.
   */
  async judge(
    place: NamingPlace,
    people: readonly Person[],
    hidden: (person: Person) => ForeignObject[],
  ): Promise<string[]> {
    const callers = await Promise.all(people.map((person) => this.#callerAt(place, person)));
    const before = await this.#snapshots.take();
    const problems = await Promise.all(callers.map((caller) => this.#compare(caller, hidden(caller.person))));
    const changed = differencesBetween(before, await this.#snapshots.take());
    return [...problems.flat(), ...changed.map((table) => `${nameOfPlace(place)}: changes ${table}`)];
  }

  /** Calls with the caller's own; returns what is wrong when that does not work, since then no refusal proves anything. */
  async control(place: NamingPlace, person: Person): Promise<string[]> {
    const where = `${person.role} at ${nameOfPlace(place)} with their own`;
    if (nothingOfTheirOwn[`${person.role} at ${nameOfPlace(place)}`] !== undefined) return [];
    const caller = await this.#callerAt(place, person);
    const id = place.kind === 'Cursor' ? await this.cursorOf(place, person) : await this.#calls.idFor(place, person);
    const answer = await this.#callWith(caller, id, 1);
    const text = JSON.stringify(answer);
    const result = caller.parentId === undefined ? answer.data?.answer : answer.data?.node?.answer;
    const isRefused = answer.errors !== undefined || result == null || result.userErrors?.length > 0;
    if (isRefused) return [`${where}: is refused with ${text}`];
    if (place.type === 'Mutation' || place.kind === 'Cursor') return [];
    const never = JSON.stringify(await this.#callWith(caller, neverLike(id), 1));
    return never === text ? [`${where}: makes no difference in ${text}`] : [];
  }

  /** Where the first row of somebody's list stands, as a cursor. */
  async cursorOf(place: NamingPlace, person: Person, parentId?: string): Promise<string> {
    const parent = parentId ?? (await this.#calls.parentFor(place, person));
    const must = parent === undefined ? await this.#calls.argumentsFor(place, person) : {};
    const call = { args: { ...must, first: 1 }, parentId: parent, depth: 0 };
    const { query, variables } = this.#calls.operation(place, person, call);
    // A list of who asked tells of this very question only when it is asked again.
    await person.client.ask(query, variables);
    const data = await person.client.ask(query, variables);
    const cursor = (parent === undefined ? data : data.node)?.answer?.pageInfo?.endCursor;
    if (typeof cursor !== 'string') throw new Error(`${person.role} has nothing at ${nameOfPlace(place)}.`);
    return cursor;
  }

  async #callerAt(place: NamingPlace, person: Person): Promise<Caller> {
    const [args, parentId] = [
      await this.#calls.argumentsFor(place, person),
      await this.#calls.parentFor(place, person),
    ];
    return { place, person, args, parentId };
  }

  /** Sends a call with this id at its place; of the answer returns what says something: no ids of requests. */
  async #callWith({ place, person, args, parentId }: Caller, id: string, depth = depthOf(place)): Promise<Json> {
    const named = withValueAt(args, place.path, valueAt(place, id));
    const call = { args: named, parentId, expected: place.kind, depth };
    const { query, variables } = this.#calls.operation(place, person, call);
    return withoutRequest(await person.client.send(query, variables));
  }

  async #compare(caller: Caller, objects: readonly ForeignObject[]): Promise<string[]> {
    const { place, person } = caller;
    const [first] = objects;
    if (first === undefined) return [];
    const answerTo = async (id: string): Promise<string> =>
      JSON.stringify(await this.#callWith(caller, id)).replaceAll(id, '(the id)');
    const nevers = new Map<string, string>();
    // Rows after a cursor depend on where it stands: each has a counterpart of its own.
    for (const { id } of place.kind === 'Cursor' ? objects : [first]) nevers.set(id, await answerTo(neverLike(id)));
    const problems = objects.map(async ({ id, whose }) => {
      const where = `${person.role} at ${nameOfPlace(place)} with ${whose}’s`;
      return wrongWith(
        where,
        { answer: await answerTo(id), never: nevers.get(id) ?? nevers.get(first.id) ?? '' },
        person,
      );
    });
    return (await Promise.all(problems)).flat();
  }
}

/** What somebody else has is read two objects deep, all that one request may ask for; a list only as far as it shows which rows come. */
const depthOf = ({ kind }: NamingPlace): number => (kind === 'Cursor' ? 1 : 2);

function wrongWith(where: string, { answer, never }: { answer: string; never: string }, { role }: Person): string[] {
  const isRead = hiddenMarks(role).some((mark) => answer.includes(mark));
  const isBroken =
    /INTERNAL_SERVER_ERROR|GRAPHQL_(VALIDATION|PARSE)_FAILED|UNAUTHENTICATED|TOO_COMPLEX|RATE_LIMITED/.test(answer);
  return [
    ...(answer === never ? [] : [`${where}: answers ${answer} instead of ${never}`]),
    ...(isRead ? [`${where}: reads ${answer}`] : []),
    ...(isBroken ? [`${where}: fails with ${answer}`] : []),
  ];
}

const withoutRequest = ({ data, errors }: Answer): Json => ({
  data,
  errors: errors?.map(({ message, path, extensions: { code, field } }) => ({ message, path, code, field })),
});
