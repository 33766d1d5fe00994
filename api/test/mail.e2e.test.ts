import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aClinic, appointmentMutations, type TestClinic, type TestMember } from './support/clinic.ts';
import type { Json, TestClient } from './support/client.ts';
import { query } from './support/database.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from './support/server.ts';

const start = '2030-03-05T01:00:00.000Z';
const when = 'Tue, March 5, 2030 at 9:00 AM GMT+8';

let server: TestServerHandle;
let clinic: TestClinic;
let doctor: TestMember;

beforeAll(async () => {
  server = await startTestServer({ role: 'all' });
});

beforeEach(async () => {
  server.clock.set(mondayMorning);
  clinic = await aClinic(server, { clinicName: 'Bayani Clinic' });
  doctor = await clinic.hire('DOCTOR', 'Dr. Ana Reyes');
});

afterAll(() => server.stop());

async function act(client: TestClient, mutation: string, input: Record<string, unknown>): Promise<string> {
  const { answer } = await client.ask(mutation, { input });
  expect(answer.userErrors).toEqual([]);
  return answer.appointment.id;
}

const slot = (startsAt = start) => ({ doctorId: doctor.doctorId, serviceId: clinic.serviceId, startsAt });
const ask = (patient: TestMember) => act(patient.client, appointmentMutations.request, slot());
const book = (patientId: string) => act(clinic.owner, appointmentMutations.book, { patientId, ...slot() });
const approve = (appointmentId: string) => act(doctor.client, appointmentMutations.approve, { appointmentId });

async function messages(appointmentId: string, client = clinic.owner): Promise<Json> {
  const document = `query ($id: ID!) { appointment(id: $id) { notifications { nodes {
    type recipientName title body deliveries { channel status attempts error sentAt } } } } }`;
  return (await client.ask(document, { id: appointmentId })).appointment.notifications.nodes;
}

const captured = (recipient: string) =>
  query<{ subject: string; body: string; channel: string }>(
    server.database.adminUrl,
    'select channel, subject, body from captured_message where recipient = $1',
    [recipient],
  );

const inApp = (sentAt: string) => ({ channel: 'IN_APP', status: 'DELIVERED', attempts: 0, error: null, sentAt });
const skipped = (error: string) => ({ channel: 'EMAIL', status: 'SKIPPED', attempts: 0, error, sentAt: null });

describe('approving a request', () => {
  it('tells the patient in the app and by one e-mail', async () => {
    const patient = await clinic.enrol({ firstName: 'Maria', lastName: 'Santos' });
    const appointmentId = await ask(patient);
    server.clock.advance(1_000);

    await approve(appointmentId);

    const body = `Dr. Ana Reyes at Bayani Clinic will see you on ${when}.`;
    await expect
      .poll(() => captured(patient.email), { timeout: 8_000 })
      .toEqual([{ channel: 'EMAIL', subject: 'Your appointment is confirmed', body }]);
    await expect.poll(async () => (await messages(appointmentId))[0].deliveries[0].status).toBe('SENT');
    expect(await messages(appointmentId)).toEqual([
      {
        type: 'APPOINTMENT_APPROVED',
        recipientName: 'Maria Santos',
        title: 'Your appointment is confirmed',
        body,
        deliveries: [
          { channel: 'EMAIL', status: 'SENT', attempts: 1, error: null, sentAt: '2030-03-04T01:00:01.000Z' },
          inApp('2030-03-04T01:00:01.000Z'),
        ],
      },
      {
        type: 'APPOINTMENT_REQUESTED',
        recipientName: 'Dr. Ana Reyes',
        title: 'New request',
        body: `Maria Santos asks for Consultation on ${when}.`,
        deliveries: [inApp('2030-03-04T01:00:00.000Z')],
      },
    ]);
    expect(await captured(doctor.email)).toEqual([]);
  });

  it('shows the patient their own messages, and not what the mail server said', async () => {
    const patient = await clinic.enrol();
    const appointmentId = await ask(patient);
    await approve(appointmentId);
    const document = `query ($id: ID!) { appointment(id: $id) { notifications { totalCount nodes { type
      deliveries { channel error } } } } }`;

    const { data, errors } = await patient.client.send(document, { id: appointmentId });

    expect(data.appointment.notifications).toEqual({
      totalCount: 1,
      nodes: [
        {
          type: 'APPOINTMENT_APPROVED',
          deliveries: [
            { channel: 'EMAIL', error: null },
            { channel: 'IN_APP', error: null },
          ],
        },
      ],
    });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
  });
});

describe('an e-mail', () => {
  it('does not go to a patient who did not agree, and says so', async () => {
    const patientId = await clinic.aPatient({ email: 'no-consent@example.org', emailConsent: false });

    const [message] = await messages(await book(patientId));

    expect(message.deliveries).toEqual([skipped('no consent')]);
    expect(await captured('no-consent@example.org')).toEqual([]);
  });

  it('does not go to a patient without an address, and says so', async () => {
    const patientId = await clinic.aPatient({ emailConsent: true });

    const [message] = await messages(await book(patientId));

    expect(message.deliveries).toEqual([skipped('no address')]);
  });

  it('goes to a patient without an account, who has no app', async () => {
    const patientId = await clinic.aPatient({ email: 'record@example.org', emailConsent: true });

    const appointmentId = await book(patientId);

    await expect.poll(() => captured('record@example.org'), { timeout: 8_000 }).toHaveLength(1);
    const [message] = await messages(appointmentId);
    expect(message.deliveries.map(({ channel }: Json) => channel)).toEqual(['EMAIL']);
  });
});

const inboxOf = (of: TestServerHandle) => fetch(of.url.replace('/graphql', '/dev/inbox'));

describe('the built-in inbox', () => {
  it('shows what would have been sent, escaped', async () => {
    clinic = await aClinic(server, { clinicName: `<script>alert("1")</script> & Sons'` });
    doctor = await clinic.hire('DOCTOR', '<img src=x>');
    await book(await clinic.aPatient({ email: 'escaped@example.org', emailConsent: true }));
    await expect.poll(() => captured('escaped@example.org'), { timeout: 8_000 }).toHaveLength(1);

    const response = await inboxOf(server);
    const page = await response.text();

    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page).toContain('To escaped@example.org');
    expect(page).toContain(
      '&lt;img src=x&gt; at &lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; Sons&#39; will see you on',
    );
    expect(page).not.toContain('<script>');
    expect(page).not.toContain('<img');
  });

  it.each([
    ['in production', { isProduction: true }],
    ['where a mail server is set', { smtpUrl: 'smtp://127.0.0.1:1' }],
  ])('is not there %s', async (_where, changes) => {
    const other = await startTestServer(changes, server.database);
    try {
      expect((await inboxOf(other)).status).toBe(404);
    } finally {
      await other.stop();
    }
  });
});
