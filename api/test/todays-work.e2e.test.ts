import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClinic, type TestClinic, type TestMember } from './support/clinic.ts';
import type { Json } from './support/client.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './support/server.ts';
import { anAppointmentAt, aVisit, step, visitOperations as visits } from './support/visits.ts';

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;
let desk: TestMember;

beforeAll(async () => {
  server = await startTestServer();
  server.clock.set(mondayMorning);
  clinic = await aClinic(server);
  [doctor, desk] = await Promise.all([clinic.hire('DOCTOR'), clinic.hire('RECEPTIONIST')]);
});

afterAll(() => server.stop());

const seen = async (patientId: string, followUpOn?: string): Promise<string> => {
  const id = await aVisit(clinic, desk, { doctorId: doctor.doctorId, patientId });
  await step(doctor, visits.start, { id });
  await step(doctor, visits.complete, { input: { visitId: id, followUpOn } });
  return id;
};

describe("today's work", () => {
  it('counts the doctor’s own day, and what comes in the seven days after it', async () => {
    const other = await clinic.hire('DOCTOR');
    await aVisit(clinic, desk, { doctorId: other.doctorId });
    await seen(await clinic.aPatient());
    await step(desk, visits.leave, { id: await aVisit(clinic, desk, { doctorId: doctor.doctorId }) });
    await step(desk, visits.start, { id: await aVisit(clinic, desk, { doctorId: doctor.doctorId }) });
    const waiting = await aVisit(clinic, desk, { doctorId: doctor.doctorId });
    for (const startsAt of ['2030-03-05T01:00:00Z', '2030-03-11T08:30:00Z', '2030-03-12T01:00:00Z'])
      await anAppointmentAt(clinic, desk, { doctorId: doctor.doctorId, patientId: await clinic.aPatient(), startsAt });

    const { todaysWork } = await doctor.client.ask(`{ todaysWork { date visitCount waitingCount activeConsultationCount
      completedCount upcomingAppointmentCount pendingRequestCount overdueCount queue { waiting { id } } } }`);

    expect(todaysWork).toEqual({
      date: '2030-03-04',
      visitCount: 3,
      waitingCount: 1,
      activeConsultationCount: 1,
      completedCount: 1,
      upcomingAppointmentCount: 2,
      pendingRequestCount: 0,
      overdueCount: 0,
      queue: { waiting: [{ id: waiting }] },
    });
  });
});

describe('follow-ups that are due', () => {
  const due = async (who: TestMember, from = '2030-03-10', to = '2030-03-20'): Promise<string[]> => {
    const { followUpsDue } = await who.client.ask(
      'query ($from: Date!, $to: Date!) { followUpsDue(from: $from, to: $to) { totalCount nodes { id } } }',
      { from, to },
    );
    expect(followUpsDue.totalCount).toBe(followUpsDue.nodes.length);
    return followUpsDue.nodes.map((visit: Json) => visit.id);
  };

  it('are those who have nothing booked since, in these days, both included', async () => {
    const doctorBefore = doctor;
    doctor = await clinic.hire('DOCTOR');
    const [one, two] = [await clinic.aPatient(), await clinic.aPatient()];
    const first = await seen(one, '2030-03-10');
    const second = await seen(two, '2030-03-20');
    await seen(await clinic.aPatient(), '2030-03-21');

    expect((await due(doctor)).sort()).toEqual([first, second].sort());
    expect(await due(doctorBefore)).toEqual([]);

    await anAppointmentAt(clinic, desk, {
      doctorId: doctor.doctorId,
      patientId: one,
      startsAt: '2030-03-08T01:00:00Z',
    });

    expect(await due(doctor)).toEqual([second]);
    expect(await due(desk)).toEqual([second]);
  });
});
