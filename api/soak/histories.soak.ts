import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClinic, appointmentMutations as mutation, type TestClinic, type TestMember } from '../test/support/clinic.ts';
import { settled, TestClient, type Answer, type Json } from '../test/support/client.ts';
import { createTestDatabase, query, type TestDatabase } from '../test/support/database.ts';
import { dice, type Roll } from '../test/support/dice.ts';
import { spawnProcess, type SpawnedProcess } from '../test/support/processes.ts';
import { report } from '../test/support/report.ts';
import { startTestServer } from '../test/support/server.ts';
import { inPercentiles } from './figures.ts';
import { History, type Deed, type StoredAppointment, type StoredStep } from './history-model.ts';

const seeds = [1, 2, 3, 4, 5];
const runMs = 60_000;
const killEveryMs = 8_000;
const slotsPerDoctor = 40;
const slotsADay = 16;
const slotMs = 30 * 60_000;
const dayMs = 24 * 60 * 60_000;

interface Client {
  who: TestMember;
  role: 'DESK' | 'OWNER' | 'DOCTOR' | 'PATIENT';
}

/** What clients believe of an appointment since their last look; it may be out of date. */
interface Known {
  id: string;
  status: string;
  doctorId: string;
  patientId: string;
  version: number;
}

let database: TestDatabase;
let clinic: TestClinic;
let doctors: TestMember[];
let patientIds: string[];
let clients: Client[];
let processes: SpawnedProcess[];

/** It may say that the database cut it off, but not here. */
const startApp = () => spawnProcess(database, 'api', { LOG_LEVEL: 'silent', IDLE_MINUTES: '0' });

const rows = <Row extends object>(text: string) => query<Row>(database.adminUrl, text, [clinic.id]);

const codesToTryAgain = ['INTERNAL_SERVER_ERROR', 'SERVICE_UNAVAILABLE', 'UNAUTHENTICATED'];

beforeAll(async () => {
  database = await createTestDatabase();
  processes = [await startApp(), await startApp()];
});

afterAll(() => Promise.all(processes.map((each) => each.stop())));

/** A clinic of three doctors, five patients with accounts of their own and ten without. */
async function gather(): Promise<void> {
  const setUp = await startTestServer(
    {
      jwtSecret: 'a secret that all test processes share, long enough',
      dataKey: 'another secret that all test processes share, long enough',
    },
    database,
  );
  setUp.clock.set(new Date());
  clinic = await aClinic(setUp);
  doctors = [await clinic.hire('DOCTOR'), await clinic.hire('DOCTOR'), await clinic.hire('DOCTOR')];
  const desks = [await clinic.hire('RECEPTIONIST'), await clinic.hire('RECEPTIONIST')];
  const [patient] = [await clinic.enrol()];
  patientIds = [patient.patientId];
  for (let index = 0; index < 12; index += 1) patientIds.push(await clinic.aPatient());
  const [doctor] = doctors;
  if (doctor === undefined) throw new Error('Nobody was hired.');
  clients = [
    ...desks.map((who) => ({ who, role: 'DESK' }) as const),
    { who: { ...doctor, client: clinic.owner }, role: 'OWNER' },
    ...doctors.map((who) => ({ who, role: 'DOCTOR' }) as const),
    { who: patient, role: 'PATIENT' },
    { who: patient, role: 'PATIENT' },
  ];
  // Everybody is every doctor's patient: whom a doctor may book is not what this is about.
  await rows(
    `insert into care (clinic_id, doctor_id, patient_id, since) select d.clinic_id, d.id, p.id, now()
     from doctor d join patient p using (clinic_id) where clinic_id = $1 on conflict do nothing`,
  );
  await setUp.stop();
}

/** One of the forty times of a doctor: from the day after tomorrow on, 09:00 in Manila. */
const slotTime = (index: number): number =>
  Math.ceil(Date.now() / dayMs) * dayMs +
  dayMs +
  60 * 60_000 +
  Math.floor(index / slotsADay) * dayMs +
  (index % slotsADay) * slotMs;

const documents: Record<Deed['kind'], string> = {
  REQUEST: mutation.request,
  BOOK: mutation.book,
  APPROVE: mutation.approve,
  REJECT: mutation.reject,
  CANCEL: mutation.cancel,
  MOVE: mutation.reschedule,
};

type Plan = Pick<Deed, 'kind' | 'appointmentId' | 'version' | 'wanted' | 'isOverbooked'>;

/** What somebody does next, and in which words: by what they believe. */
function nextPlan(roll: Roll, { role, who }: Client, known: readonly Known[]): Plan {
  const mine = known.filter(({ doctorId, patientId }) => {
    if (role === 'DOCTOR') return doctorId === who.doctorId;
    return role !== 'PATIENT' || patientId === who.patientId;
  });
  const target = mine[roll(mine.length)];
  const isOverbooked = (role === 'OWNER' || role === 'DOCTOR') && roll(8) === 0;
  const slot = roll(slotsPerDoctor);
  const wanted = {
    doctorId: role === 'DOCTOR' ? who.doctorId : (doctors[roll(doctors.length)]?.doctorId ?? ''),
    patientId: role === 'PATIENT' ? who.patientId : (patientIds[roll(patientIds.length)] ?? ''),
    startsAt: slotTime(slot),
    minutes: 30,
  };
  const making = { appointmentId: null, version: null, wanted };
  if (target === undefined || roll(5) < 2) {
    const isRequest = role === 'PATIENT' || (role !== 'DOCTOR' && roll(2) === 0);
    return { ...making, kind: isRequest ? 'REQUEST' : 'BOOK', isOverbooked: isOverbooked && !isRequest };
  }
  const about = { appointmentId: target.id, version: roll(2) === 0 ? target.version : null };
  const mayAnswer = role === 'OWNER' || role === 'DOCTOR';
  if (target.status === 'REQUESTED' && mayAnswer && roll(4) > 0)
    return { ...about, kind: roll(4) === 0 ? 'REJECT' : 'APPROVE', wanted: null, isOverbooked: false };
  if (roll(3) === 0) return { ...about, kind: 'CANCEL', wanted: null, isOverbooked: false };
  const doctorId = role === 'DOCTOR' || roll(2) === 0 ? null : wanted.doctorId;
  // Every tenth lasts an hour, where staff say so; the day's last begins half an hour before the doctor goes home.
  const isLast = slot % slotsADay === slotsADay - 1;
  const minutes = role !== 'PATIENT' && !isLast && roll(10) === 0 ? 60 : 30;
  return { ...about, kind: 'MOVE', wanted: { ...wanted, doctorId, patientId: null, minutes }, isOverbooked };
}

function inputOf({ kind, appointmentId, version, wanted, isOverbooked }: Plan, key: string): Record<string, unknown> {
  const about = appointmentId === null ? { reason: key } : { appointmentId, version };
  const place = wanted === null ? {} : { startsAt: new Date(wanted.startsAt).toISOString() };
  const named = Object.entries({ doctorId: wanted?.doctorId, patientId: wanted?.patientId }).filter(
    ([, id]) => id != null,
  );
  return {
    ...about,
    ...place,
    ...Object.fromEntries(named),
    ...(appointmentId === null && { serviceId: clinic.serviceId }),
    ...(wanted?.minutes === 60 && { durationMinutes: 60 }),
    ...(isOverbooked && { overbookReason: key }),
    ...(kind !== 'APPROVE' && appointmentId !== null && { note: key }),
  };
}

const patience = { tries: 400, pauseMs: 50 };

/** Sends a deed until somebody answers it, as a client does that lost the connection: under one key. */
async function answerTo(key: string, { who }: Client, document: string, input: object): Promise<Json> {
  for (let attempt = 0; attempt < patience.tries; attempt += 1) {
    const url = processes[(attempt + key.length) % processes.length]?.url ?? '';
    const client = new TestClient(url, who.client.token);
    const answer: Answer | null = await client.send(document, { input }, { 'idempotency-key': key }).catch(() => null);
    const code = answer?.errors?.[0]?.extensions.code;
    if (answer?.data?.answer != null && code === undefined) return answer.data.answer;
    if (code === 'BAD_USER_INPUT') throw new Error(answer?.errors?.[0]?.message);
    if (code !== undefined && !codesToTryAgain.includes(code)) return { userErrors: [{ code }], appointment: null };
    await settled(patience.pauseMs);
  }
  throw new Error('Nobody answered.');
}

/** What the clients of one run share. */
interface Shared {
  known: Map<string, Known>;
  deeds: Deed[];
  until: number;
}

/** Does one thing after the other until the time is over. */
async function live(client: Client, roll: Roll, { known, deeds, until }: Shared): Promise<void> {
  for (let count = 0; Date.now() < until; count += 1) {
    const plan = nextPlan(roll, client, [...known.values()]);
    const key = `deed-${clients.indexOf(client)}-${count}`;
    const sentAt = Date.now();
    const document = documents[plan.kind].replace('appointment {', 'appointment { doctor { id } patient { id }');
    const { appointment, userErrors }: Json = await answerTo(key, client, document, inputOf(plan, key));
    const outcome: string = userErrors[0]?.code ?? 'DONE';
    deeds.push({ ...plan, key, sentAt, answeredAt: Date.now(), outcome, shownId: appointment?.id ?? null });
    if (appointment === null) {
      if (outcome === 'NOT_FOUND') known.delete(plan.appointmentId ?? '');
      continue;
    }
    const { id, status, version, doctor, patient } = appointment;
    if (status === 'CANCELLED' || status === 'REJECTED') known.delete(id);
    else known.set(id, { id, status, version, doctorId: doctor.id, patientId: patient.id });
  }
}

/** Kills one process after the other, and cuts database sessions of the app in between. */
async function wreck(roll: Roll, until: number): Promise<{ kills: number; cuts: number }> {
  const done = { kills: 0, cuts: 0 };
  let nextKill = Date.now() + killEveryMs;
  while (Date.now() < until) {
    await settled(300 + roll(900));
    const cut = await query(
      database.adminUrl,
      `select pg_terminate_backend(pid) from (select pid from pg_stat_activity
         where usename = 'clinigraph_app' and datname = current_database() order by random() limit ${1 + roll(2)}) victim`,
    );
    done.cuts += cut.length;
    if (Date.now() < nextKill) continue;
    nextKill += killEveryMs;
    const victim = done.kills % processes.length;
    await processes[victim]?.stop('SIGKILL');
    processes[victim] = await startApp();
    done.kills += 1;
  }
  return done;
}

const storedSteps = (): Promise<StoredStep[]> =>
  rows(
    `with fact as (select subject_id, sequence, row_number() over (partition by subject_id order by sequence) as nth
       from event where clinic_id = $1 and type like 'APPOINTMENT\\_%'),
     step as (select *, row_number() over (partition by appointment_id order by version) as nth
       from appointment_event where clinic_id = $1)
     select step.appointment_id as "appointmentId", step.version, step.type, step.from_status as "fromStatus",
       step.to_status as "toStatus", step.note, extract(epoch from step.at)::float8 * 1000 as at
     from step full join fact on fact.subject_id = step.appointment_id and fact.nth = step.nth order by fact.sequence`,
  );

const storedAppointments = (): Promise<StoredAppointment[]> =>
  rows(
    `select id, status, doctor_id as "doctorId", patient_id as "patientId", extract(epoch from starts_at)::float8 * 1000 as "startsAt",
       extract(epoch from ends_at)::float8 * 1000 as "endsAt", reason, overbook_reason is not null as "isOverbooked", version
     from appointment where clinic_id = $1`,
  );

describe('random histories under kill -9 and cut connections', () => {
  it.each(seeds)('with seed %i overlap nowhere without a reason, lose nothing and make nothing up', async (seed) => {
    await gather();
    const deeds: Deed[] = [];
    const known = new Map<string, Known>();
    const until = Date.now() + runMs;

    const [wrecked] = await Promise.all([
      wreck(dice(seed * 7_919), until),
      ...clients.map((client, index) => live(client, dice(seed * 1_000 + index), { known, deeds, until })),
    ]);

    const history = new History(deeds);
    history.judge(await storedSteps(), await storedAppointments());
    report(
      `seed ${seed}: ${deeds.length} deeds, ${wrecked.kills} kill -9, ${wrecked.cuts} sessions cut; ${inPercentiles(deeds.map(({ sentAt, answeredAt }) => answeredAt - sentAt))}`,
    );
    report(
      `seed ${seed}: ${Object.entries(history.counts)
        .sort()
        .map(([what, count]) => `${what} ${count}`)
        .join(', ')}`,
    );
    expect(history.problems).toEqual([]);
    // However slow the machine: there were enough of those that prove something.
    expect(history.counts['DONE to MOVE']).toBeGreaterThan(10);
    expect(history.counts['SLOT_TAKEN to MOVE']).toBeGreaterThan(10);
  });
});
