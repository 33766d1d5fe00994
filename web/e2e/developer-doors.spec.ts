import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appointmentMutations } from '../../api/test/support/clinic.ts';
import { TestClient } from '../../api/test/support/client.ts';
import { startApp, type RunningApp } from './support/app.ts';
import { barriers } from './support/barriers.ts';

let app: RunningApp;

beforeAll(async () => {
  app = await startApp();
});

afterAll(() => app.stop());

const sandboxServer = 'https://embeddable-sandbox.cdn.apollographql.com/**';

interface Watched {
  page: Page;
  /** Every address outside the app that the page asked for. */
  foreign: string[];
  /** What the page's policy, or its own code, complained about. */
  complaints: string[];
}

async function openPage(): Promise<Watched> {
  const page = await app.openWindow();
  const foreign: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    const address = request.url();
    if (!/^(data|blob):/.test(address) && new URL(address).host !== new URL(app.url).host) foreign.push(address);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return { page, foreign, complaints };
}

const signInAsDoctor = async (page: Page): Promise<void> => {
  await page.getByLabel('Demo account').selectOption('doctor@demo.clinic');
  await page.getByText('Signed in as doctor@demo.clinic').waitFor();
};

describe('GraphiQL', () => {
  it('runs operations as a demo account, follows live ones, and asks nobody but this server', async () => {
    const { page, foreign, complaints } = await openPage();
    await page.goto(`${app.url}/graphiql`);
    await page.getByRole('tab', { name: 'SignIn' }).waitFor();
    await signInAsDoctor(page);
    const answer = page.locator('.graphiql-response');

    await page.getByRole('tab', { name: 'TodaysAppointments' }).click();
    await page.getByRole('button', { name: /Execute query/ }).click();
    await expect.poll(() => answer.innerText(), { timeout: 10_000 }).toMatch(/"totalCount":\s*[1-9]/);

    await page.getByRole('tab', { name: 'AppointmentChanged' }).click();
    await page.getByRole('button', { name: /Execute query/ }).click();
    await page.getByRole('button', { name: /Stop/ }).waitFor();
    await requestSomething(app.url);
    await expect.poll(() => answer.innerText(), { timeout: 10_000 }).toMatch(/"status":\s*"REQUESTED"/);

    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe('Sandbox', () => {
  it('is given the endpoint, an example and the token, without cookies and without telemetry', async () => {
    const { page, complaints } = await openPage();
    const pretender = 'window.EmbeddedSandbox = class { constructor(given) { window.given = given; } dispose() {} };';
    await page.route(sandboxServer, (route) => route.fulfill({ contentType: 'text/javascript', body: pretender }));
    await page.goto(`${app.url}/graphql?example=1`);
    await page.waitForFunction('window.given !== undefined');
    await signInAsDoctor(page);
    const given = await page.evaluate<string>(`JSON.stringify(window.given)`);
    const sent = await page.evaluate<string>(
      `window.given.handleRequest(window.given.initialEndpoint, { method: 'POST', headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ viewer { role } }' }) }).then((response) => response.text())`,
    );

    expect(JSON.parse(given)).toMatchObject({
      initialEndpoint: `${app.url}/graphql`,
      initialSubscriptionEndpoint: `${app.url}/graphql`.replace('http', 'ws'),
      initialState: {
        document: expect.stringContaining('query TodaysAppointments'),
        headers: { authorization: expect.stringMatching(/^Bearer ey/) },
        includeCookies: false,
      },
      runTelemetry: false,
    });
    expect(JSON.parse(sent)).toMatchObject({ data: { viewer: { role: 'DOCTOR' } } });
    expect(await page.locator('#notice').isHidden()).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('says so, and where else to go, when Apollo’s servers cannot be reached', async () => {
    const { page } = await openPage();
    await page.route(sandboxServer, (route) => route.abort());

    await page.goto(`${app.url}/graphql`);
    await page.getByText('Apollo Sandbox could not be loaded').waitFor();

    expect(await barriers(page)).toEqual([]);
    await page.getByRole('main').getByRole('link', { name: 'GraphiQL' }).click();
    await page.getByRole('tab', { name: 'SignIn' }).waitFor();
  });
});

/** The demo's patient asks the demo's doctor for their next free time. */
async function requestSomething(url: string): Promise<void> {
  const anyone = new TestClient(`${url}/graphql`);
  const { signIn } = await anyone.ask(
    'mutation { signIn(input: { email: "patient@demo.clinic", password: "demo-clinic-2026" }) { accessToken } }',
  );
  const patient = new TestClient(anyone.url, signIn.accessToken);
  const { doctors } = await patient.ask('{ doctors { id name services { id } } }');
  const doctor = doctors.find(({ name }: { name: string }) => name === 'Dr. Ana Reyes');
  const [{ id: serviceId }] = doctor.services;
  const [from, to] = [2, 9].map((days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10));
  const { availableSlots } = await patient.ask(
    'query ($of: ID, $for: ID!, $from: Date!, $to: Date!) { availableSlots(doctorId: $of, serviceId: $for, from: $from, to: $to) { startsAt } }',
    { of: doctor.id, for: serviceId, from, to },
  );
  const input = { doctorId: doctor.id, serviceId, startsAt: availableSlots[0].startsAt };
  const { answer } = await patient.ask(appointmentMutations.request, { input });
  expect(answer.userErrors).toEqual([]);
}
