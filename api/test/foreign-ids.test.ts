import { extendSchema, isInputObjectType, isObjectType, parse, type GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES } from '../src/access/roles.ts';
import { buildGuardedSchema } from '../src/app/schema.ts';
import { liveCursor } from '../src/platform/graphql/live-update.ts';
import {
  allowedAllTheSame,
  foreignObjects,
  hiddenAt,
  knownKinds,
  neverLike,
  type ForeignObject,
} from './support/foreign-objects.ts';
import { IdSweep, nothingOfTheirOwn } from './support/id-sweep.ts';
import { behindNoNode, findNamingPlaces, nameOfPlace, namingNothing, type NamingPlace } from './support/naming.ts';
import { isRoot, OwnCalls } from './support/own-calls.ts';
import { report } from './support/report.ts';
import { settled, type LiveTest } from './support/client.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';
import { SnapshotTaker } from './support/table-snapshot.ts';
import { foreignMark, inhabit, othersMark, OwnObjects, type Person, type Place } from './support/two-clinics.ts';

const schema: GraphQLSchema = buildGuardedSchema();
const { places, unknown } = findNamingPlaces(schema);
/** Lists that the sweep's own calls are written into, so that no two answers are the same; whose rows they hold has tests of its own. */
const tellingOfTheCall: Readonly<Record<string, string>> = {
  'Patient.accessLog': 'opening the record is an entry of it; see audit-readings.e2e.test.ts',
  ...behindNoNode,
  'Query.auditLog': 'every refusal is an entry of it; see audit-log.e2e.test.ts',
};

const asked = places.filter(({ type, kind }) => type !== 'Subscription' && kind !== 'Cursor');
const listed = places.filter(
  ({ type, field, kind }) =>
    type !== 'Subscription' && kind === 'Cursor' && tellingOfTheCall[`${type}.${field}`] === undefined,
);

let server: TestServerHandle;
let home: Place;
let away: Place;
let own: OwnObjects;
let calls: OwnCalls;
let foreign: ForeignObject[];
let snapshots: SnapshotTaker;
let sweep: IdSweep;

beforeAll(async () => {
  server = await startTestServer();
  home = await inhabit(server, 'Zqhome', othersMark);
  away = await inhabit(server, foreignMark, foreignMark);
  foreign = await foreignObjects(server, home, away);
  snapshots = new SnapshotTaker(server.database.adminUrl);
  await snapshots.start();
  own = new OwnObjects(server, home);
  calls = new OwnCalls(schema, home, own);
  sweep = new IdSweep(calls, snapshots);
  for (const place of [home, away]) {
    const messages = new OwnObjects(server, place);
    for (const person of Object.values(place.people)) await messages.of('Notification', person);
  }
});

afterAll(async () => {
  await snapshots.stop();
  await server.stop();
});

const callersOf = (place: NamingPlace): Person[] =>
  [...ROLES.map((role) => home.people[role]), home.stranger].filter((person) => calls.mayCall(place, person));

const fieldCount = (among: readonly NamingPlace[]) => new Set(among.map(({ type, field }) => `${type}.${field}`)).size;

describe('somebody else’s id', () => {
  it(
    'is the same as one that never was, reads nothing and changes nothing, for every field that takes one',
    { timeout: 300_000 },
    async () => {
      const problems: string[] = [];
      const controls: string[] = [];
      let count = 0;
      for (const place of asked) {
        const callers = callersOf(place);
        problems.push(...(await sweep.judge(place, callers, (person) => hiddenAt(foreign, place, person))));
        for (const person of callers) controls.push(...(await sweep.control(place, person)));
        for (const person of callers) count += hiddenAt(foreign, place, person).length;
      }
      report(
        `foreign ids: ${asked.length} places in ${fieldCount(asked)} fields, ${count} calls as ${ROLES.length} roles and signed out`,
      );

      expect({ problems, controls }).toEqual({ problems: [], controls: [] });
    },
  );

  it(
    'as a place in a list is the same as one that never was: rows after it are the caller’s own',
    { timeout: 120_000 },
    async () => {
      const problems: string[] = [];
      const theirs = new OwnObjects(server, away);
      for (const place of listed) {
        const callers = callersOf(place);
        const cursors = new Map<Person, ForeignObject[]>();
        for (const person of callers) {
          const id = await sweep.cursorOf(
            place,
            strangerLike(person),
            isRoot(place.type) ? undefined : await theirs.known(place.type, strangerLike(person)),
          );
          cursors.set(person, [{ kind: 'Cursor', id, whose: 'another clinic', hiddenFrom: ROLES }]);
        }
        problems.push(...(await sweep.judge(place, callers, (person) => cursors.get(person) ?? [])));
        for (const person of callers) problems.push(...(await sweep.control(place, person)));
      }
      report(`foreign cursors: ${listed.length} places in ${fieldCount(listed)} fields`);

      expect(problems).toEqual([]);
    },
  );

  it('is found by this sweep where it is really read and changed: the same call by those whose it is', async () => {
    const owner = away.people.OWNER;
    const problemsAt = async (type: string, field: string, name: string) => {
      const place = places.find((each) => each.type === type && each.field === field && each.path.at(-1) === name);
      if (place === undefined) throw new Error(`There is no place ${type}.${field}.`);
      const found = await sweep.judge(place, [owner], () => hiddenAt(foreign, place, owner));
      return found.map((problem) => problem.replace(/ (?:of|\{).*$/, ''));
    };

    expect(await problemsAt('Query', 'patient', 'id')).toEqual([
      'OWNER at Query.patient(id: Patient) with another clinic’s: answers',
      'OWNER at Query.patient(id: Patient) with another clinic’s: reads',
    ]);
    expect(await problemsAt('Mutation', 'archivePatient', 'id')).toEqual([
      'OWNER at Mutation.archivePatient(id: Patient) with another clinic’s: answers',
      'OWNER at Mutation.archivePatient(id: Patient) with another clinic’s: reads',
      'Mutation.archivePatient(id: Patient): changes audit_entry',
      'Mutation.archivePatient(id: Patient): changes clinic_head',
      'Mutation.archivePatient(id: Patient): changes event',
      'Mutation.archivePatient(id: Patient): changes patient',
    ]);
    // Whose record it was comes back below.
    const archived = foreign.find(({ kind, whose }) => kind === 'Patient' && whose === 'another clinic');
    await owner.client.ask('mutation ($id: ID!) { restorePatient(id: $id) { userErrors { code } } }', {
      id: archived?.id,
    });
  });
});

describe('a subscription', () => {
  /** The same each time: nobody asks twice for one time. */
  let others: OwnObjects[] | null = null;
  const everybodys = () => {
    others ??= [
      new OwnObjects(server, away, 100),
      new OwnObjects(server, { ...home, doctor: home.colleague, patient: home.neighbour }, 100),
    ];
    return [own, ...others];
  };

  /** What makes each of them tell something: of the doctor whose it is, and of everybody else's. */
  const causes: Readonly<Record<string, () => Promise<unknown>>> = {
    appointmentChanged: () => Promise.all(everybodys().map((each) => each.of('Appointment', home.people.PATIENT))),
    billChanged: () => own.bills.unpaid(),
    queueChanged: () => Promise.all(everybodys().map((each) => each.visits.waiting())),
    scheduleChanged: () =>
      Promise.all([
        own.of('TimeOff', home.people.OWNER),
        new OwnObjects(server, away).of('TimeOff', away.people.OWNER),
      ]),
  };

  it('that names somebody else’s tells nothing, as one that names what never was', async () => {
    const named = places.filter(({ type, kind }) => type === 'Subscription' && kind !== 'Cursor');
    for (const place of named) {
      const watched = await Promise.all(
        callersOf(place).flatMap((person) => [
          ...hiddenAt(foreign, place, person).flatMap(({ id, whose }) => [
            { who: `${person.role} with ${whose}’s`, live: open(place, person, id) },
            { who: `${person.role} with none`, live: open(place, person, neverLike(id)) },
          ]),
          { who: 'own', live: open(place, person, home.doctor.doctorId) },
        ]),
      );
      await settled();

      await causes[place.field]?.();
      for (const { who, live } of watched) if (who === 'own') await live.until(1);
      await settled();

      const told = watched.filter(({ who }) => who !== 'own');
      expect(told.filter(({ live }) => live.received.length + live.failures.length > 0).map(({ who }) => who)).toEqual(
        [],
      );
      expect(watched.filter(({ who, live }) => who === 'own' && live.received.length !== 1)).toEqual([]);
      await Promise.all(watched.map(({ live }) => live.stop()));
    }
    report(`foreign ids in subscriptions: ${named.length} places`);

    expect(named.map(({ field }) => field).filter((field) => causes[field] === undefined)).toEqual([]);
  });

  it('from a place that this clinic has not come to, as another one may have, says that all must be fetched anew', async () => {
    const fields = places.filter(({ type, kind }) => type === 'Subscription' && kind === 'Cursor');
    for (const { field } of fields) {
      const live = home.people.DOCTOR.client.watch(
        `subscription { answer: ${field}(after: "${liveCursor(900_000)}") { resync } }`,
      );

      expect((await live.until(1))[0].answer).toEqual({ resync: true });
      await (field === 'patientWithDoctor'
        ? own.visits.running()
        : (causes[field]?.() ?? own.of('Appointment', home.people.PATIENT)));
      expect((await live.until(2))[1].answer.resync).toBe(false);
      await live.stop();
    }
  });
});

describe('this sweep', () => {
  it('leaves out no field that takes an id, and says why where it does', () => {
    const fields = new Set(places.map(({ type, field }) => `${type}.${field}`));
    const reasons = Object.entries({
      ...allowedAllTheSame,
      ...nothingOfTheirOwn,
      ...tellingOfTheCall,
      ...namingNothing,
    });
    report(`left out: ${reasons.map(([where, reason]) => `${where} (${reason})`).join('; ')}`);
    const kindsWithoutObjects = places.filter(({ kind }) => !knownKinds().includes(kind)).map(nameOfPlace);

    expect(unknown).toEqual([]);
    expect(kindsWithoutObjects).toEqual([]);
    expect(fields.size).toBeGreaterThan(30);
    expect(Object.keys(namingNothing).filter((name) => !namedInSchema(name))).toEqual([]);
  });

  it('stops at a new field whose id nobody explained, and takes one that explains itself', () => {
    const grown = extendSchema(
      schema,
      parse(`
        input ForgetInput { recordNumber: String! patientId: ID! }
        extend type Query { receipt(refId: ID!): String }
        extend type Mutation { forget(input: ForgetInput!): Boolean }`),
    );

    const found = findNamingPlaces(grown);

    expect(found.unknown.sort()).toEqual(['Mutation.forget.input.recordNumber', 'Query.receipt.refId']);
    expect(found.places.length).toBe(places.length + 1);
  });
});

/** Whether what was explained still exists: an old reason must not cover a new field. */
function namedInSchema(name: string): boolean {
  const [holder = '', field = '', argument] = name.split('.');
  const type = schema.getType(holder);
  if (isInputObjectType(type)) return type.getFields()[field] !== undefined;
  return isObjectType(type) && type.getFields()[field]?.args.some((each) => each.name === argument) === true;
}

const strangerLike = ({ role }: Person): Person => (role === 'signed out' ? away.stranger : away.people[role]);

const open = ({ field, path }: NamingPlace, { client }: Person, id: string): LiveTest =>
  client.watch(`subscription ($id: ID!) { ${field}(${path[0] ?? ''}: $id) { cursor } }`, { id });
