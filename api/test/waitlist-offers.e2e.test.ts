import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { query } from './support/database.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';
import { at, offered, waitlistMutations, WaitingRoom } from './support/waitlist.ts';

let server: TestServerHandle;
let room: WaitingRoom;

beforeAll(async () => {
  server = await startTestServer({ idleMinutes: 0 });
});
beforeEach(async () => {
  room = await WaitingRoom.open(server);
});
afterAll(() => server.stop());

describe('an offer', () => {
  it('becomes one appointment when it is accepted twice at once; whoever is second hears that it is gone', async () => {
    const patient = await room.clinic.enrol();
    const opening = await room.book('10:00');
    const id = await room.waits({ patientId: patient.patientId });
    await room.cancel(opening);
    await room.settle();

    const answers = await Promise.all(
      [patient.client, room.clinic.owner, patient.client].map((client) => client.ask(waitlistMutations.accept, { id })),
    );

    const booked = answers.filter(({ answer }) => answer.appointment !== null);
    expect(booked).toHaveLength(1);
    expect(answers.flatMap(({ answer }) => answer.userErrors)).toEqual([
      { code: 'OFFER_GONE' },
      { code: 'OFFER_GONE' },
    ]);
    expect(booked[0]?.answer.appointment).toMatchObject({ status: 'APPROVED', startsAt: at('10:00') });
    expect(await room.entry(id)).toMatchObject({
      status: 'BOOKED',
      offer: null,
      appointment: { id: booked[0]?.answer.appointment.id, status: 'APPROVED' },
    });
    const held = await query(server.database.adminUrl, 'select from held_time where clinic_id = $1', [room.clinic.id]);
    expect(held).toHaveLength(1);
  });

  it('goes on to the next when its half hour is over, and neither slot nor turn comes back to whoever let it pass', async () => {
    const opening = await room.book('10:00');
    const strangers = [await room.clinic.aPatient(), await room.clinic.aPatient()];
    const [first, second] = [await room.waits(), await room.waits()];
    await room.cancel(opening);
    await room.settle();

    await room.minutes(29);
    const before = [await room.stateOf(first), await room.stateOf(second)];
    await room.minutes(1);
    const late = await room.answer('accept', first);
    const after = [await room.stateOf(first), await room.stateOf(second)];
    await room.minutes(30);
    const end = [await room.stateOf(first), await room.stateOf(second)];
    const again = await room.book('10:00', { patientId: strangers[0] });
    await room.book('11:00', { patientId: strangers[1] }).then((id) => room.cancel(id));
    await room.settle();

    expect(before).toEqual([offered('10:00'), 'WAITING']);
    expect(late).toMatchObject({ appointment: null, userErrors: [{ code: 'OFFER_GONE' }] });
    expect(after).toEqual(['WAITING', offered('10:00')]);
    expect(end).toEqual(['WAITING', 'WAITING']);
    expect([await room.stateOf(first), await room.stateOf(second)]).toEqual([offered('11:00'), 'WAITING']);
    expect(again).not.toBe(opening);
  });

  it('goes on to the next when it is declined, and when whoever has it leaves; who left is never offered anything', async () => {
    const opening = await room.book('10:00');
    const ids = [];
    for (let count = 0; count < 4; count += 1) ids.push(await room.waits());
    const [first = '', second = '', third = '', gone = ''] = ids;
    await room.answer('leave', gone);
    await room.cancel(opening);
    await room.settle();

    const declined = await room.answer('decline', first);
    await room.settle();
    const afterDecline = await room.statesOf(ids);
    await room.answer('leave', second);
    await room.settle();
    const afterLeaving = await room.statesOf(ids);
    await room.minutes(30);
    const twice = await room.answer('decline', third);
    const leaving = await room.answer('leave', gone);

    expect(declined.entry).toMatchObject({ status: 'WAITING', offer: null, offerExpiresAt: null });
    expect(afterDecline).toEqual(['WAITING', offered('10:00'), 'WAITING', 'LEFT']);
    expect(afterLeaving).toEqual(['WAITING', 'LEFT', offered('10:00'), 'LEFT']);
    expect(await room.statesOf(ids)).toEqual(['WAITING', 'LEFT', 'WAITING', 'LEFT']);
    expect([twice.userErrors, leaving.userErrors]).toEqual([
      [{ code: 'OFFER_GONE' }],
      [{ code: 'INVALID_TRANSITION' }],
    ]);
  });

  it('is no longer than until its slot begins, and ends with the last day', async () => {
    const opening = await room.book('09:30', { startsAt: '2030-03-04T01:30:00Z' });
    const id = await room.waits({ earliest: '2030-03-04', latest: '2030-03-04' });
    const waiting = await room.waits();
    await room.minutes(10);
    await room.cancel(opening);
    await room.settle();

    const { offerExpiresAt } = await room.entry(id);
    await room.moveTo(new Date('2030-03-04T15:59:59Z'));
    const lastSecond = await room.stateOf(id);
    await room.moveTo(new Date('2030-03-04T16:00:00Z'));

    expect(offerExpiresAt).toBe('2030-03-04T01:30:00.000Z');
    expect(lastSecond).toBe('WAITING');
    expect([await room.stateOf(id), await room.stateOf(waiting)]).toEqual(['LEFT', 'WAITING']);
  });
});
