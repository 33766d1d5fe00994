import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Ctx } from '../src/access/ctx.ts';
import { noCaller } from '../src/app/runtime.ts';
import { sendDueMail } from '../src/features/notifications/index.ts';
import { aClinic, appointmentMutations, type TestClinic, type TestMember } from './support/clinic.ts';
import { query } from './support/database.ts';
import { startMailServer, type MailServer } from './support/mail-server.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './support/server.ts';

const minuteMs = 60_000;
const start = '2030-03-05T01:00:00.000Z';
const when = 'Tue, March 5, 2030 at 9:00 AM GMT+8';
const patience = { timeout: 8_000 };

let mail: MailServer;
let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;
let patient: TestMember;
let appointmentId: string;

beforeAll(async () => {
  mail = await startMailServer();
  server = await startTestServer({ role: 'all', smtpUrl: mail.url, mailFrom: 'Bayani <no-reply@bayani.example.org>' });
});

/** Each test begins with a request of a patient who gets e-mails. */
beforeEach(async () => {
  mail.refuse(null);
  server.clock.set(mondayMorning);
  clinic = await aClinic(server, { clinicName: 'Bayani Clinic' });
  doctor = await clinic.hire('DOCTOR', 'Dr. Ana Reyes');
  patient = await clinic.enrol();
  const input = { doctorId: doctor.doctorId, serviceId: clinic.serviceId, startsAt: start };
  const { answer } = await patient.client.ask(appointmentMutations.request, { input });
  appointmentId = answer.appointment.id;
  server.clock.advance(1_000);
});

afterAll(async () => {
  await server.stop();
  await mail.stop();
});

async function act(step: 'approve' | 'reject' | 'cancel', note?: string): Promise<void> {
  const { answer } = await doctor.client.ask(appointmentMutations[step], { input: { appointmentId, note } });
  expect(answer.userErrors).toEqual([]);
}

const arrived = () => mail.received.filter(({ to }) => to.includes(patient.email));
const subjects = () => arrived().map(({ headers }) => headers['subject']);

interface EmailRow {
  id: string;
  type: string;
  status: string;
  attempts: number;
  error: string | null;
  due_at: Date;
}

const emails = () =>
  query<EmailRow>(
    server.database.adminUrl,
    `select d.id, n.type, d.status, d.attempts, d.error, d.due_at from delivery d join notification n on n.id = d.notification_id
      where n.clinic_id = $1 and d.channel = 'EMAIL' order by n.created_at, d.id`,
    [clinic.id],
  );
const email = async () => (await emails())[0];

/** The wake-up call of any commit of the clinic. */
const wake = () => query(server.database.adminUrl, `select pg_notify('clinigraph_events', $1)`, [clinic.id]);

describe('a mail', () => {
  it('arrives with the clinic, the doctor, the day and the time', async () => {
    await act('approve');

    await expect.poll(arrived, patience).toHaveLength(1);
    const [received] = arrived();
    expect(received?.to).toEqual([patient.email]);
    expect(received?.headers).toMatchObject({
      from: 'Bayani <no-reply@bayani.example.org>',
      to: patient.email,
      subject: 'Your appointment is confirmed',
      'message-id': `<${(await email())?.id}@clinigraph>`,
    });
    expect(received?.text).toBe(`Dr. Ana Reyes at Bayani Clinic will see you on ${when}.`);
  });

  it('has the note of a rejection', async () => {
    await act('reject', 'I am in surgery that morning.');

    await expect.poll(arrived, patience).toHaveLength(1);
    expect(subjects()).toEqual(['Your request was declined']);
    expect(arrived()[0]?.text).toBe(
      `Dr. Ana Reyes at Bayani Clinic cannot see you on ${when}. Note: I am in surgery that morning.`,
    );
  });

  it('has no note of a cancellation, though the app shows it', async () => {
    await act('cancel', 'Your blood test is not back yet.');

    await expect.poll(arrived, patience).toHaveLength(1);
    const { notifications } = await patient.client.ask('{ notifications { nodes { body } } }');
    const told = `Your appointment with Dr. Ana Reyes at Bayani Clinic on ${when} was cancelled.`;
    expect(arrived()[0]?.text).toBe(told);
    expect(notifications.nodes).toEqual([{ body: `${told} Note: Your blood test is not back yet.` }]);
  });
});

describe('a mail server that refuses', () => {
  it('is tried again after growing pauses, until the last', async () => {
    mail.refuse('mailbox is full');
    await act('approve');

    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 6; attempt += 1) {
      await expect
        .poll(async () => [(await email())?.attempts, (await email())?.error !== null], patience)
        .toEqual([attempt, true]);
      await expect.poll(async () => (await email())?.status, patience).toBe('QUEUED');
      await settledPause(pauses);
    }
    await expect.poll(async () => (await email())?.status, patience).toBe('FAILED');

    expect(pauses).toEqual([1, 5, 15, 60, 240, 720]);
    expect((await email())?.attempts).toBe(7);
    expect(arrived()).toEqual([]);
  });

  /** Waits for the pause that follows a failed attempt, notes it, and lets it pass. */
  async function settledPause(pauses: number[]): Promise<void> {
    const now = server.clock.now().getTime();
    const leaseMs = 2 * minuteMs;
    const pause = async () => ((await email())?.due_at.getTime() ?? 0) - now;
    await expect.poll(async () => (await pause()) !== leaseMs && (await pause()) > 0, patience).toBe(true);
    pauses.push((await pause()) / minuteMs);
    server.clock.advance(await pause());
    await wake();
  }

  it('leaves what it said on record, without the address', async () => {
    mail.refuse('mailbox is full');

    await act('approve');

    await expect.poll(async () => (await email())?.error, patience).toContain('mailbox is full');
    const document = `query ($id: ID!) { appointment(id: $id) { notifications(first: 1) { nodes { deliveries { channel error } } } } }`;
    const { appointment } = await clinic.owner.ask(document, { id: appointmentId });
    const [message] = appointment.notifications.nodes;
    expect(message.deliveries[0].error).toContain('550 <…>: mailbox is full');
    expect(JSON.stringify(message)).not.toContain('@');
  });

  it('gets the mail once it accepts again', async () => {
    mail.refuse('come back later');
    await act('approve');
    await expect.poll(async () => (await email())?.error, patience).not.toBeNull();
    mail.refuse(null);
    server.clock.advance(minuteMs);

    await wake();

    await expect.poll(subjects, patience).toEqual(['Your appointment is confirmed']);
    await expect.poll(email, patience).toMatchObject({ status: 'SENT', attempts: 2, error: null });
  });

  it('never gets a confirmation that was overtaken by a cancellation', async () => {
    mail.refuse('come back later');
    await act('approve');
    await expect.poll(async () => (await email())?.error, patience).not.toBeNull();
    mail.refuse(null);
    server.clock.advance(minuteMs);

    await act('cancel');

    await expect
      .poll(async () => (await emails()).map(({ type, status }) => [type, status]), patience)
      .toEqual([
        ['APPOINTMENT_APPROVED', 'CANCELLED'],
        ['APPOINTMENT_CANCELLED', 'SENT'],
      ]);
    expect(subjects()).toEqual(['Your appointment was cancelled']);
  });
});

describe('two workers', () => {
  it('send each mail once', async () => {
    const second = await startTestServer({ role: 'worker', smtpUrl: mail.url }, server.database);
    const recipients = Array.from({ length: 12 }, (_none, index) => `many-${index}-${clinic.slug}@example.org`);
    try {
      await Promise.all(
        recipients.map(async (address, index) => {
          const patientId = await clinic.aPatient({ email: address, emailConsent: true });
          const startsAt = new Date(Date.parse(start) + index * 30 * minuteMs).toISOString();
          const input = { patientId, doctorId: doctor.doctorId, serviceId: clinic.serviceId, startsAt };
          await clinic.owner.ask(appointmentMutations.book, { input });
        }),
      );
      await expect
        .poll(async () => (await emails()).map(({ status }) => status), patience)
        .toEqual(Array(12).fill('SENT'));
    } finally {
      await second.stop();
    }

    const delivered = mail.received.flatMap(({ to }) => to).filter((address) => recipients.includes(address));
    expect(delivered.sort()).toEqual(recipients.sort());
    expect(new Set((await emails()).map(({ attempts }) => attempts))).toEqual(new Set([1]));
  });

  it('send each mail once, too, when the mail server takes a minute for each', async () => {
    const sent: string[] = [];
    const waiting: (() => void)[] = [];
    const slow = {
      send: ({ id }: { id: string }) =>
        new Promise<void>((resolve) => {
          sent.push(id);
          waiting.push(resolve);
        }),
      close: () => undefined,
    };
    mail.refuse('come back later');
    for (let count = 0; count < 12; count += 1) {
      const patientId = await clinic.aPatient({ email: `slow-${count}@example.org`, emailConsent: true });
      const startsAt = new Date(Date.parse(start) + count * 30 * minuteMs).toISOString();
      const input = { patientId, doctorId: doctor.doctorId, serviceId: clinic.serviceId, startsAt };
      await clinic.owner.ask(appointmentMutations.book, { input });
    }
    await expect
      .poll(async () => (await emails()).map(({ error }) => error !== null), patience)
      .toEqual(Array(12).fill(true));
    await query(server.database.adminUrl, 'update delivery set attempts = 0, due_at = $1 where clinic_id = $2', [
      mondayMorning,
      clinic.id,
    ]);
    const system = () => new Ctx(server.runtime, noCaller, null).asSystem({ clinicId: clinic.id, clockOffsetMs: 0 });

    const workers = [sendDueMail(system(), slow)];
    for (let minute = 0; minute < 12 && sent.length < 12; minute += 1) {
      await expect.poll(() => waiting.length, patience).toBeGreaterThan(0);
      server.clock.advance(minuteMs);
      workers.push(sendDueMail(system(), slow));
      for (const done of waiting.splice(0)) done();
    }
    const release = setInterval(() => {
      for (const done of waiting.splice(0)) done();
    }, 10);
    await Promise.all(workers);
    clearInterval(release);

    expect(new Set(sent).size).toBe(12);
    expect(sent).toHaveLength(12);
  });
});
