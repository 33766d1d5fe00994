import type { GraphQLSchema } from 'graphql';
import { ROLES } from '../../src/access/roles.ts';
import { liveCursor } from '../../src/platform/graphql/live-update.ts';
import type { Roll } from './dice.ts';
import { foreignObjects } from './foreign-objects.ts';
import { Fuzzer } from './fuzzing.ts';
import { IdSweep } from './id-sweep.ts';
import { behindNoNode } from './naming.ts';
import { OwnCalls } from './own-calls.ts';
import type { TestServerHandle } from './server.ts';
import { SnapshotTaker } from './table-snapshot.ts';
import { inhabit, OwnObjects, type Place } from './two-clinics.ts';

export interface FuzzedClinic {
  home: Place;
  fuzzer: Fuzzer;
}

/** A clinic with somebody in every role, and a fuzzer that knows an id of every kind and a cursor of every list in it. */
export async function aFuzzedClinic(
  server: TestServerHandle,
  schema: GraphQLSchema,
  roll: Roll,
  name = 'home',
): Promise<FuzzedClinic> {
  const home = await inhabit(server, `Zq${name}`, 'Zqothers');
  const own = new OwnObjects(server, home);
  const calls = new OwnCalls(schema, home, own);
  const objects = await foreignObjects(server, home, home);
  const sweep = new IdSweep(calls, new SnapshotTaker(server.database.adminUrl));
  const cursors: string[] = [];
  for (const person of [home.people.OWNER, home.people.PATIENT]) await own.of('Notification', person);
  for (const place of calls.places.filter(
    ({ kind, type, field }) =>
      kind === 'Cursor' && type !== 'Subscription' && behindNoNode[`${type}.${field}`] === undefined,
  )) {
    const person = ROLES.map((role) => home.people[role]).find((each) => calls.mayCall(place, each));
    if (person !== undefined) cursors.push(await sweep.cursorOf(place, person));
  }
  const people = [...ROLES.map((role) => home.people[role]), home.stranger];
  const names = [...objects.map(({ id }) => id), ...cursors, ...cursors, liveCursor(0)];
  const fuzzer = new Fuzzer(calls, people, { roll, names });
  await fuzzer.prepare();
  return { home, fuzzer };
}
