import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClinic, type TestClinic, type TestMember } from './support/clinic.ts';
import { TestClient, type Json } from './support/client.ts';
import { query } from './support/database.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';
import { aVisit, step, visitOperations as visits } from './support/visits.ts';

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;
let desk: TestMember;

const board = `query ($token: String!) { waitingBoard(token: $token) { clinicName date
  entries { queueNumber doctorName status estimatedWaitMinutes } } }`;

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server, { clinicName: 'Bayani Clinic' });
  [doctor, desk] = await Promise.all([clinic.hire('DOCTOR', 'Dr Rao'), clinic.hire('RECEPTIONIST')]);
});

afterAll(() => server.stop());

/** What comes behind the # of the address. */
async function openBoard(who: Pick<TestMember, 'client'> = desk): Promise<string> {
  const { openWaitingBoard } = await who.client.ask('mutation { openWaitingBoard }');
  const url = new URL(openWaitingBoard);
  expect(url.pathname).toBe('/board');
  return url.hash.slice(1);
}

const look = async (token: string): Promise<Json> =>
  (await new TestClient(server.url).ask(board, { token })).waitingBoard;

describe('the waiting board', () => {
  it('shows numbers, doctors and states to anybody who has its link, and nobody’s name', async () => {
    const patients = await Promise.all([1, 2, 3, 4].map((n) => clinic.aPatient({ firstName: `Zqname${n}` })));
    const ids: string[] = [];
    for (const patientId of patients) ids.push(await aVisit(clinic, desk, { doctorId: doctor.doctorId, patientId }));
    const [first, second, third, fourth] = ids;
    await step(desk, visits.start, { id: first });
    await step(desk, visits.call, { id: second });
    await step(desk, visits.leave, { id: fourth });
    await step(desk, visits.reassign, { input: { visitId: third, priority: 'URGENT' } });

    const shown = await look(await openBoard());

    expect(shown).toEqual({
      clinicName: 'Bayani Clinic',
      date: '2030-03-04',
      entries: [
        { queueNumber: 3, doctorName: 'Dr Rao', status: 'WAITING', estimatedWaitMinutes: null },
        { queueNumber: 1, doctorName: 'Dr Rao', status: 'IN_PROGRESS', estimatedWaitMinutes: null },
        { queueNumber: 2, doctorName: 'Dr Rao', status: 'CALLED', estimatedWaitMinutes: null },
      ],
    });
    expect(JSON.stringify(shown)).not.toContain('Zqname');
  });

  it('says how long each waits, as the queue does, once a doctor’s pace is known', async () => {
    const [other, nurse] = await Promise.all([clinic.hire('DOCTOR', 'Dr Pace'), clinic.hire('NURSE')]);
    for (let count = 0; count < 3; count += 1) {
      const id = await aVisit(clinic, desk, { doctorId: other.doctorId });
      await step(desk, visits.start, { id });
      await step(other, visits.complete, { input: { visitId: id } });
    }
    await query(
      server.database.adminUrl,
      `update visit set started_at = completed_at - interval '10 minutes' where doctor_id = $1`,
      [other.doctorId],
    );
    for (let count = 0; count < 2; count += 1) await aVisit(clinic, desk, { doctorId: other.doctorId });
    const { queue } = await nurse.client.ask(
      'query ($id: ID!) { queue(doctorId: $id) { waiting { queueNumber estimatedWaitMinutes } } }',
      { id: other.doctorId },
    );

    const { entries } = await look(await openBoard(nurse));

    const waits = (rows: Json[]) =>
      rows.map(({ queueNumber, estimatedWaitMinutes }) => [queueNumber, estimatedWaitMinutes]);
    expect(waits(entries.filter((entry: Json) => entry.doctorName === 'Dr Pace'))).toEqual(waits(queue.waiting));
    expect(queue.waiting.map((visit: Json) => visit.estimatedWaitMinutes)).toEqual([0, 10]);
  });

  it('is one clinic’s alone, and a forged link is none', async () => {
    const away = await aClinic(server, { clinicName: 'Away' });
    const awayDesk = await away.hire('RECEPTIONIST');
    const [token, theirs] = [await openBoard(), await openBoard(awayDesk)];
    const forged = [...token].map(
      (letter, at) => token.slice(0, at) + (letter === 'A' ? 'B' : 'A') + token.slice(at + 1),
    );

    expect(await look(theirs)).toEqual({ clinicName: 'Away', date: '2030-03-04', entries: [] });
    // The clinic of one in the other's, any one letter changed, and what is no token at all.
    expect(await look(theirs.slice(0, 21) + token.slice(21))).toBeNull();
    const seen = await Promise.all(forged.filter((_text, at) => at % 9 === 0).map(look));
    expect(seen.length).toBeGreaterThan(10);
    expect(seen.filter((shown) => shown !== null)).toEqual([]);
    expect(await Promise.all(['', 'x', `${token} `].map(look))).toEqual([null, null, null]);
  });

  it('is opened by the desk, nurses and management, not by doctors, patients or strangers', async () => {
    const patient = await clinic.enrol();
    const code = (who: Pick<TestMember, 'client'>) => who.client.codeOf('mutation { openWaitingBoard }');

    expect(await code({ client: clinic.owner })).toBeUndefined();
    expect(await Promise.all([doctor, patient].map(code))).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    expect(await code({ client: new TestClient(server.url) })).toBe('UNAUTHENTICATED');
  });

  it('ends with the clinic’s day, not with the world’s', async () => {
    const token = await openBoard();

    server.clock.set(new Date('2030-03-04T15:59:59.000Z'));
    expect((await look(token)).date).toBe('2030-03-04');
    server.clock.set(new Date('2030-03-04T16:00:00.000Z'));
    expect(await look(token)).toBeNull();
  });
});
