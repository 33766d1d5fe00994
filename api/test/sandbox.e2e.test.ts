import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dueHandlers } from '../src/app/due-handlers.ts';
import { runSandboxDue } from '../src/app/sandbox/sandbox-clock.service.ts';
import { forgetUnusedSandboxes } from '../src/app/sandbox/sandbox.service.ts';
import { aClinic, appointmentMutations, signIn } from './support/clinic.ts';
import { TestClient, type Json } from './support/client.ts';
import { query } from './support/database.ts';
import { advance, aSandbox, contentsOf, openSandbox, type TestSandbox } from './support/sandbox.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;

beforeAll(async () => {
  server = await startTestServer({ idleMinutes: 0 });
});
afterAll(() => server.stop());

const admin = <Row extends object>(text: string, values: unknown[] = []) =>
  query<Row>(server.database.adminUrl, text, values);

const nowOf = async ({ owner }: Pick<TestSandbox, 'owner'>): Promise<string> =>
  (await owner.ask('{ viewer { clinic { now } } }')).viewer.clinic.now;

/** Tomorrow in a sandbox, which begins on a Monday: wall clock in Manila. */
const tuesday = (time: string): string => new Date(`2026-03-03T${time}:00+08:00`).toISOString();

describe('a sandbox', () => {
  it('is a filled clinic of the caller’s, on whose first Monday morning they go on at once', async () => {
    const { owner } = await aClinic(server);

    const startedAt = performance.now();
    const { sandbox } = await openSandbox(owner);
    const tookMs = performance.now() - startedAt;

    const filled = await sandbox?.owner.ask(`{
      viewer { memberships { role } clinic { slug } }
      appointments(first: 1) { totalCount } patients(first: 1) { totalCount } services { name }
      appointment: appointments(first: 1, filter: { from: "2026-03-03T00:00:00Z" }) { nodes { doctor { name } } }
      waitlist { status }
      treated: appointments(first: 1, filter: { status: [TREATED] }) {
        totalCount nodes { archived timeline { type } visit { status queueNumber } } } }`);
    expect(tookMs).toBeLessThan(3_000);
    expect(sandbox?.answer).toMatchObject({
      viewer: { role: 'OWNER', clinic: { sandbox: true, now: '2026-03-02T00:00:00.000Z' } },
      userErrors: [],
    });
    expect(filled.viewer.memberships).toHaveLength(2);
    expect(filled.appointments.totalCount).toBeGreaterThan(300);
    expect(filled.patients.totalCount).toBe(120);
    expect(filled.services).toHaveLength(5);
    expect(filled.treated.totalCount).toBeGreaterThan(150);
    expect(filled.treated.nodes).toMatchObject([{ archived: true, visit: { status: 'COMPLETED' } }]);
    expect(filled.treated.nodes[0].timeline.at(-1)).toEqual({ type: 'TREATED' });
    expect(filled.waitlist).toEqual(Array.from({ length: 8 }, () => ({ status: 'WAITING' })));
    // What was open elsewhere goes on there.
    expect((await owner.ask('{ viewer { clinic { sandbox } } }')).viewer.clinic.sandbox).toBe(false);
  });

  it('leaves its owner’s next sign-in where it was: in their own clinic', async () => {
    const email = 'tries-things-out@example.org';
    const clinic = await aClinic(server, { email });
    await openSandbox(clinic.owner);

    const again = await signIn(server.url, email);
    expect((await again.ask('{ viewer { clinic { slug } } }')).viewer.clinic.slug).toBe(clinic.slug);
  });

  it('is the same for the same seed but for ids, and another one for another', async () => {
    const [one, same, other] = [await aSandbox(server, 7), await aSandbox(server, 7), await aSandbox(server, 8)];
    const contents = await contentsOf(server, one.id);

    const withoutSlug = (text: unknown) => JSON.parse(JSON.stringify(text).replaceAll(/sandbox-[0-9a-f]{12}/g, ''));

    // Whoever made it has a name of their own.
    delete contents['membership'];
    expect(await contentsOf(server, same.id)).toMatchObject(withoutSlug(contents));
    expect((await contentsOf(server, other.id))['patient']).not.toEqual(contents['patient']);
    expect(Object.values(contents).flat().length).toBeGreaterThan(1_000);
  });

  it('lets nothing out: messages are captured, whoever writes them, and nobody is invited by post', async () => {
    const { id, owner } = await aSandbox(server);
    const [patient] = await admin<{ id: string }>(
      'select id from patient where clinic_id = $1 and email is not null and email_consent limit 1',
      [id],
    );
    const free = await owner.ask('{ services { id } viewer { clinic { slug } } }');
    const serviceId = free.services[0].id;
    const { availableSlots } = await owner.ask(
      `{ availableSlots(serviceId: "${serviceId}", from: "2026-03-12", to: "2026-03-14", first: 1) { doctorId startsAt } }`,
    );
    const [slot] = availableSlots;
    const input = { patientId: patient?.id, doctorId: slot.doctorId, serviceId, startsAt: slot.startsAt };
    const { answer } = await owner.ask(appointmentMutations.book, { input });
    await owner.ask(
      'mutation { inviteStaff(input: { email: "real@example.org", name: "Ina", role: NURSE }) { userErrors { code } } }',
    );
    await admin(
      `insert into delivery select gen_random_uuid(), clinic_id, notification_id, recipient_user_id, doctor_id, 'SMS', 'QUEUED', 0,
         null, due_at, null, updated_at from delivery where clinic_id = $1 limit 1`,
      [id],
    );

    const { appointment } = await owner.ask(
      `{ appointment(id: "${answer.appointment.id}") { notifications { nodes { type deliveries { channel status } } } } }`,
    );
    expect(appointment.notifications.nodes).toEqual([
      {
        type: 'APPOINTMENT_APPROVED',
        deliveries: [
          { channel: 'EMAIL', status: 'CAPTURED' },
          { channel: 'SMS', status: 'CAPTURED' },
        ],
      },
    ]);
    expect(await admin(`select from delivery where clinic_id = $1 and status = 'QUEUED'`, [id])).toEqual([]);
    expect(await admin(`select status from account_mail where recipient = 'real@example.org'`)).toEqual([
      { status: 'SKIPPED' },
    ]);
  });

  it('is one of three, and gone with everything in it when it has not been used for a week', async () => {
    const before = await admin<{ name: string; count: string }>(
      `select relname as name, (xpath('/row/c/text()', query_to_xml('select count(*) as c from ' || relname, false, true, '')))[1]::text as count
       from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname not in ('rate_limit') order by 1`,
    );
    const keptSandboxes = await admin('select from clinic where sandbox');
    const { owner } = await aClinic(server);
    const sandboxes: Json[] = [];
    for (let count = 0; count < 4; count += 1) sandboxes.push(await openSandbox(owner, count));
    await advance(sandboxes[2].sandbox.owner, 60 * 24 * 3);

    server.clock.advance(6 * 24 * 60 * 60_000);
    await forgetUnusedSandboxes(server.runtime);
    const early = await admin('select from clinic where sandbox');
    await admin(`update clinic set sandbox_used_at = $1 where sandbox and id = $2`, [
      server.clock.now(),
      sandboxes[1].sandbox.id,
    ]);
    server.clock.advance(2 * 24 * 60 * 60_000);
    for (let count = 0; count < 5; count += 1) await forgetUnusedSandboxes(server.runtime);
    const left = await admin<{ id: string }>('select id from clinic where sandbox');

    expect(sandboxes[3].answer).toMatchObject({ accessToken: null, userErrors: [{ code: 'INVALID_INPUT' }] });
    expect(early).toHaveLength(keptSandboxes.length + 3);
    expect(left).toEqual([{ id: sandboxes[1].sandbox.id }]);
    const tables = before.map(({ name }) => name);
    for (const { sandbox } of [sandboxes[0], sandboxes[2]]) {
      const rows = await Promise.all(
        tables.map((name) =>
          admin(`select from ${name} t where to_jsonb(t)::text like '%' || $1 || '%'`, [sandbox.id]),
        ),
      );
      // The person's other clinic keeps what its own trail says.
      expect(rows.flat()).toHaveLength(0);
    }
    expect(await admin(`select from user_account where email_folded like '%.invalid'`)).toHaveLength(6);
  });
});

describe('the clock of a sandbox', () => {
  it('is moved there alone, by who runs it, and by at most 31 days', async () => {
    const { owner, hire } = await aClinic(server);
    const receptionist = await hire('RECEPTIONIST');
    const sandbox = await aSandbox(server);
    const before = await owner.ask('{ viewer { clinic { now } } }');

    const elsewhere = await advance(owner, 60);
    const refused = await receptionist.client.codeOf('mutation { advanceClock(minutes: 1) { userErrors { code } } }');
    const tooFar = await Promise.all([0, -5, 44_641].map((minutes) => advance(sandbox.owner, minutes)));

    expect(elsewhere).toEqual({ clinic: null, userErrors: [{ code: 'INVALID_TRANSITION', field: null }] });
    expect(refused).toBe('FORBIDDEN');
    expect(await owner.ask('{ viewer { clinic { now } } }')).toEqual(before);
    expect(tooFar.flatMap(({ userErrors }) => userErrors)).toEqual(
      [0, 1, 2].map(() => ({ code: 'INVALID_INPUT', field: ['minutes'] })),
    );
    expect(await nowOf(sandbox)).toBe('2026-03-02T00:00:00.000Z');
    await expect(
      admin("update clinic set clock_offset_ms = 1 where not sandbox and created_at < now() + interval '9 years'"),
    ).rejects.toMatchObject({ constraint: 'clinic_clock_is_real' });
  });

  it('is the clinic’s for every rule and every door, runs on from where it was moved to, and signs nobody out', async () => {
    const sandbox = await aSandbox(server);
    const { clinic } = await advance(sandbox.owner, 24 * 60 + 90);
    const services = await sandbox.owner.ask('{ services { id } }');
    const slots = `{ availableSlots(slug: "${sandbox.slug}", serviceId: "${services.services[0].id}", from: "2026-03-01", to: "2026-03-03") { startsAt } }`;
    const { availableSlots } = await new TestClient(server.url).ask(slots);
    const { patients, appointments } = await sandbox.owner.ask(
      '{ patients(first: 1) { nodes { id } } appointments(first: 1, filter: { overdue: true }) { totalCount } }',
    );
    const past = await sandbox.owner.ask(
      'mutation ($input: JoinWaitlistInput!) { joinWaitlist(input: $input) { userErrors { code field } } }',
      {
        input: {
          patientId: patients.nodes[0].id,
          serviceId: services.services[0].id,
          earliest: '2026-03-01',
          latest: '2026-03-02',
        },
      },
    );
    server.clock.advance(61_000);

    expect(clinic.now).toBe('2026-03-03T01:30:00.000Z');
    expect(await nowOf(sandbox)).toBe('2026-03-03T01:31:01.000Z');
    expect(availableSlots.every(({ startsAt }: Json) => startsAt > clinic.now)).toBe(true);
    expect(availableSlots.length).toBeGreaterThan(0);
    expect(appointments.totalCount).toBeGreaterThan(0);
    expect(past.joinWaitlist.userErrors).toEqual([{ code: 'INVALID_INPUT', field: ['latest'] }]);
  });

  it('runs what falls due on the way in order, each at its minute: alerts, offers and their ends', async () => {
    const sandbox = await aSandbox(server);
    const expected = await admin<{ at: Date }>(
      `select starts_at + interval '15 minutes' as at from appointment where clinic_id = $1 and status = 'APPROVED'
         and starts_at >= '2026-03-02T00:00Z' and starts_at < '2026-03-02T16:00Z' order by 1`,
      [sandbox.id],
    );
    await admin('delete from waitlist_entry where clinic_id = $1', [sandbox.id]);
    const [booked] = await admin<{ id: string; service_id: string }>(
      `select id, service_id from appointment where clinic_id = $1 and status = 'APPROVED' and starts_at >= $2 order by starts_at limit 1`,
      [sandbox.id, tuesday('09:00')],
    );
    const patients = await admin<{ id: string }>(
      `select id from patient p where clinic_id = $1 and not exists (select from appointment a where a.patient_id = p.id
         and a.starts_at between '2026-03-02T16:00Z' and '2026-03-03T16:00Z') limit 2`,
      [sandbox.id],
    );
    for (const { id: patientId } of patients) {
      server.clock.advance(1_000);
      const input = { patientId, serviceId: booked?.service_id, earliest: '2026-03-03', latest: '2026-03-03' };
      await sandbox.owner.ask(
        'mutation ($input: JoinWaitlistInput!) { joinWaitlist(input: $input) { userErrors { code } } }',
        { input },
      );
    }
    await sandbox.owner.ask(appointmentMutations.cancel, { input: { appointmentId: booked?.id } });
    const cancelledAt = new Date(await nowOf(sandbox));

    const { clinic } = await advance(sandbox.owner, 12 * 60);

    const minutesAfter = (minutes: number) => new Date(cancelledAt.getTime() + minutes * 60_000);
    const facts = await admin<{ type: string; at: Date }>(
      `select type, at from event where clinic_id = $1 and type like 'WAITLIST_%' and type <> 'WAITLIST_JOINED' order by sequence`,
      [sandbox.id],
    );
    const alerts = await admin<{ at: Date }>(
      `select distinct subject_id, at from event where clinic_id = $1 and type = 'NO_SHOW_SUSPECTED' order by at`,
      [sandbox.id],
    );
    const order = await admin<{ at: Date }>('select at from event where clinic_id = $1 order by sequence', [
      sandbox.id,
    ]);
    expect(clinic.now).toBe(minutesAfter(12 * 60).toISOString());
    expect(facts).toEqual([
      { type: 'WAITLIST_OFFER', at: minutesAfter(0) },
      { type: 'WAITLIST_BACK', at: minutesAfter(30) },
      { type: 'WAITLIST_OFFER', at: minutesAfter(30) },
      { type: 'WAITLIST_BACK', at: minutesAfter(60) },
    ]);
    expect(alerts.map(({ at }) => at)).toEqual(expected.map(({ at }) => at));
    expect(alerts.length).toBeGreaterThan(5);
    expect(order.map(({ at }) => at)).toEqual(
      order.map(({ at }) => at).sort((one, other) => Number(one) - Number(other)),
    );
  });

  it('adds up what is asked for at once, and is brought to its end by a worker when whoever moved it died', async () => {
    const sandbox = await aSandbox(server);
    await Promise.all([60, 120, 180].map((minutes) => advance(sandbox.owner, minutes)));
    const afterThree = await nowOf(sandbox);
    const alertsOf = async (): Promise<number> =>
      (await admin(`select from event where clinic_id = $1 and type = 'NO_SHOW_SUSPECTED'`, [sandbox.id])).length;
    const alerts = await alertsOf();

    // A process wrote down where the clock is to go, took some steps, and was killed.
    await admin(
      `update clinic set clock_reached = '2026-03-02T07:00Z', clock_target = '2026-03-02T12:00Z',
         clock_offset_ms = clock_offset_ms + 3600000 where id = $1`,
      [sandbox.id],
    );
    const [ran] = await Promise.all([
      runSandboxDue(server.runtime, sandbox.id),
      runSandboxDue(server.runtime, sandbox.id),
    ]);

    const twice = await admin(
      `select subject_id from event where clinic_id = $1 and type = 'NO_SHOW_SUSPECTED' group by 1 having count(*) > 1`,
      [sandbox.id],
    );
    expect(afterThree).toBe('2026-03-02T06:00:00.000Z');
    expect(ran).toBeGreaterThan(0);
    expect(await nowOf(sandbox)).toBe('2026-03-02T12:00:00.000Z');
    expect(await alertsOf()).toBeGreaterThan(alerts);
    expect(twice).toEqual([]);
    expect(Object.keys(dueHandlers).length).toBeGreaterThan(3);
  });
});
