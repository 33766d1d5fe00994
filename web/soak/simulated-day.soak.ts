import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { percentile } from '../../api/soak/figures.ts';
import { aClinic, password, type TestClinic, type TestMember } from '../../api/test/support/clinic.ts';
import { dice } from '../../api/test/support/dice.ts';
import { report } from '../../api/test/support/report.ts';
import { mondayMorning, startTestServer, type TestServerHandle } from '../../api/test/support/server.ts';
import { anAppointmentAt, aVisit, step, visitOperations as visits } from '../../api/test/support/visits.ts';
import { launchBrowser } from '../e2e/support/browser.ts';
import { layCable, type Cable } from './cable.ts';
import { agendaOn, clickedAt, columnsOn, doctorsQueueOn, noteClicks, placeOn, sees, wasReloaded } from './screens.ts';
import { agendaOf, columnsOf, doctorsQueueOf, placeOf } from './truth.ts';

/** Booked patients of each of three doctors; with ten walk-ins they are forty. */
const bookedEach = 10;
const walkIns = 10;
const cutMs = 30_000;
const promisedMs = 1_000;
const settleMs = 15_000;

interface Booked {
  appointmentId: string;
  name: string;
  doctor: number;
}

let server: TestServerHandle;
let cable: Cable;
let browser: Browser;
let clinic: TestClinic;
let desk: TestMember;
let doctors: TestMember[];
let maria: TestMember;
let ticking: NodeJS.Timeout;
const booked: Booked[] = [];
const contexts: BrowserContext[] = [];
/** From a click at the desk to the doctor's screen, milliseconds. */
const delays: number[] = [];

let today: Page;
let queue: Page;
let phone: Page;
let doctorPages: Page[];

async function windowOf(email: string, { width = 1280, path = '/today' } = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'en-PH' });
  contexts.push(context);
  const page = await context.newPage();
  await page.goto(`${cable.url}/sign-in`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Messages/ }).waitFor();
  if (!page.url().endsWith(path)) await page.goto(cable.url + path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

async function book(): Promise<void> {
  for (const [doctor, { doctorId }] of doctors.entries())
    for (let slot = 0; slot < bookedEach; slot += 1) {
      const isMaria = doctor === 0 && slot === 3;
      const name = `Patient ${String(doctor * bookedEach + slot + 1).padStart(2, '0')}`;
      const patientId = isMaria ? maria.patientId : await clinic.aPatient({ firstName: name, lastName: null });
      const startsAt = new Date(mondayMorning.getTime() + (slot + 1) * 30 * 60_000).toISOString();
      const appointmentId = await anAppointmentAt(clinic, desk, { doctorId, patientId, startsAt });
      booked.push({ appointmentId, name: isMaria ? 'Maria Santos' : name, doctor });
    }
}

beforeAll(async () => {
  server = await startTestServer({ role: 'all' });
  const begun = Date.now();
  ticking = setInterval(() => server.clock.set(new Date(mondayMorning.getTime() + Date.now() - begun)), 50);
  cable = await layCable(new URL(server.url));
  clinic = await aClinic(server);
  await clinic.owner.ask(
    'mutation { updateClinic(input: { closeOutPolicy: ON_CONSULTATION_COMPLETED }) { userErrors { message } } }',
  );
  desk = await clinic.hire('RECEPTIONIST', 'Front Desk');
  doctors = [];
  for (const name of ['Dr. Ana', 'Dr. Ben', 'Dr. Cora']) doctors.push(await clinic.hire('DOCTOR', name));
  maria = await clinic.enrol({ lastName: 'Santos' });
  await book();
  browser = await launchBrowser();
  today = await windowOf(desk.email);
  queue = await today.context().newPage();
  await queue.goto(`${cable.url}/queue`);
  doctorPages = [];
  for (const { email } of doctors) doctorPages.push(await windowOf(email));
  phone = await windowOf(maria.email, { width: 390, path: '/home' });
  await Promise.all([today, queue, phone, ...doctorPages].map(noteClicks));
});

afterAll(async () => {
  await browser?.close();
  clearInterval(ticking);
  await cable?.stop();
  await server?.stop();
});

const isMaria = ({ name }: Booked): boolean => name === 'Maria Santos';
const pageOf = (doctor: number): Page => doctorPages[doctor] ?? today;
const memberOf = (doctor: number): TestMember => doctors[doctor] ?? maria;

/** A click at the desk, and how long until the doctor's screen says it. */
async function measured(page: Page, button: string, shown: Promise<number>): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click();
  delays.push((await shown) - (await clickedAt(page)));
}

const checkIn = ({ appointmentId, name, doctor }: Booked): Promise<void> =>
  measured(today, `Check in ${name}`, sees(pageOf(doctor), `li:has([data-row-id="${appointmentId}"])`, 'Checked in'));

const sendIn = ({ name, doctor }: Pick<Booked, 'name' | 'doctor'>): Promise<void> =>
  measured(queue, `Send in ${name}`, sees(pageOf(doctor), '[aria-label="With you now"]', name));

interface Waiting {
  id: string;
  patient: { name: string };
}

/** Who is next for a doctor, as the server has it. */
async function nextFor(doctor: number): Promise<Waiting | null> {
  const { queue: now } = await desk.client.ask(
    'query ($id: ID!) { queue(doctorId: $id) { called { id patient { name } } waiting { id patient { name } } } }',
    { id: memberOf(doctor).doctorId },
  );
  return now.called[0] ?? now.waiting[0] ?? null;
}

async function insideOf(doctor: number): Promise<string | null> {
  const { queue: now } = await desk.client.ask('query ($id: ID!) { queue(doctorId: $id) { inProgress { id } } }', {
    id: memberOf(doctor).doctorId,
  });
  return now.inProgress[0]?.id ?? null;
}

/** The doctor writes and completes, on another device. */
async function finish(doctor: number): Promise<void> {
  const id = await insideOf(doctor);
  if (id === null) return;
  await step(memberOf(doctor), visits.write, { input: { visitId: id, diagnosis: 'Seen', notes: 'All well' } });
  await step(memberOf(doctor), visits.complete, { input: { visitId: id, version: 1 } });
}

/** The next one goes in by a click, once the one before is done. */
async function goOn(doctor: number): Promise<void> {
  await finish(doctor);
  const next = await nextFor(doctor);
  if (next === null) return;
  await step(desk, visits.call, { id: next.id });
  await queue.getByRole('button', { name: `Send in ${next.patient.name}`, exact: true }).waitFor();
  await sendIn({ name: next.patient.name, doctor });
}

const inTables = () => ({ databaseUrl: server.database.adminUrl, id: clinic.id, day: '2030-03-04' });

/** Every screen against the tables: what differs. Empty when all of them are right. */
async function differences(): Promise<string[]> {
  const found: string[] = [];
  const compare = (what: string, shown: unknown, really: unknown): void => {
    const [left, right] = [inOrder(shown), inOrder(really)];
    if (left !== right) found.push(`${what}: shows ${left}, is ${right}`);
  };
  compare("the desk's Today", await agendaOn(today), await agendaOf(inTables()));
  compare("the desk's Queue", await columnsOn(queue), await columnsOf(inTables()));
  for (const [index, { doctorId }] of doctors.entries()) {
    compare(`doctor ${index}'s day`, await agendaOn(pageOf(index)), await agendaOf(inTables(), doctorId));
    compare(`doctor ${index}'s queue`, await doctorsQueueOn(pageOf(index)), await doctorsQueueOf(inTables(), doctorId));
  }
  const own = booked.find(isMaria)?.appointmentId ?? '';
  compare("the patient's phone", await placeOn(phone), await placeOf(inTables(), own, 'Dr. Ana'));
  return found;
}

/** Text that is the same for the same content; rows may stand in any order, numbers in a column may not. */
const inOrder = (value: unknown): string =>
  JSON.stringify(value, (_key, part) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => left.localeCompare(right)))
      : part,
  );

const roll = dice(7);
let waitingRoom: Booked[] = [];

const walkIn = (): Promise<string> => aVisit(clinic, desk, { doctorId: memberOf(roll(3)).doctorId });
const takeRandom = (): Booked | undefined => waitingRoom.splice(roll(waitingRoom.length), 1)[0];

async function arrive(): Promise<void> {
  const who = takeRandom();
  if (who) await checkIn(who);
}

async function rounds(count: number): Promise<void> {
  for (let round = 0; round < count; round += 1) for (const doctor of doctors.keys()) await goOn(doctor);
}

/** A third arrives in some order; one check-in is undone, one walk-in is urgent, one leaves. */
async function morning(): Promise<void> {
  waitingRoom = booked.filter((who) => !isMaria(who));
  for (let count = 0; count < 9; count += 1) await arrive();
  const undone = takeRandom();
  if (undone) {
    await checkIn(undone);
    await step(desk, visits.undoCheckIn, { id: undone.appointmentId });
    waitingRoom.push(undone);
  }
  await step(desk, visits.reassign, { input: { visitId: await walkIn(), priority: 'URGENT' } });
  await step(desk, visits.leave, { id: await walkIn() });
  for (const who of booked.filter(isMaria)) await checkIn(who);
  await rounds(2);
}

/** What goes on while no screen hears anything. */
async function behindTheirBacks(): Promise<void> {
  for (let count = 0; count < 4; count += 1) {
    const who = takeRandom();
    if (who) await step(desk, visits.checkIn, { id: who.appointmentId });
  }
  for (let count = 2; count < walkIns / 2; count += 1) await walkIn();
  for (const doctor of doctors.keys()) {
    await finish(doctor);
    const next = await nextFor(doctor);
    if (next !== null) await step(desk, visits.start, { id: next.id });
  }
}

/** The rest arrives, and all but the last are seen. */
async function afternoon(): Promise<void> {
  for (let count = walkIns / 2; count < walkIns; count += 1) await walkIn();
  while (waitingRoom.length > 0) await arrive();
  await rounds(8);
}

describe('a day at the clinic in six windows', () => {
  it('shows every step everywhere while it happens', async () => {
    await morning();

    await expect.poll(differences, { timeout: settleMs }).toEqual([]);
  });

  it('loses nothing when the connection is cut for half a minute', async () => {
    cable.pull();
    const cutAt = Date.now();
    await behindTheirBacks();
    expect(await differences()).not.toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, cutMs - (Date.now() - cutAt))));
    cable.plugIn();
    const backAt = Date.now();

    await expect.poll(differences, { timeout: 30_000, interval: 250 }).toEqual([]);
    const seconds = ((Date.now() - backAt) / 1_000).toFixed(1);
    report(`after a cut of ${cutMs / 1_000} s every screen was right ${seconds} s later`);
  });

  it('ends with every screen as the tables have it, and nobody reloaded', async () => {
    await afternoon();

    await expect.poll(differences, { timeout: settleMs }).toEqual([]);
    for (const page of [today, queue, phone, ...doctorPages]) expect(await wasReloaded(page)).toBe(false);
    const all = await columnsOf(inTables());
    const counted = Object.entries(all).map(([column, shown]) => `${shown.length} ${column}`);
    report(`the day ended with ${counted.join(', ')}, and one who left`);
  });

  it('says at the doctor’s what is clicked at the desk within a second', () => {
    const [p50, p95, slowest] = [0.5, 0.95, 1].map((share) => Math.round(percentile(delays, share)));
    report(`${delays.length} clicks, desk to the doctor's screen: p50 ${p50} ms, p95 ${p95} ms, slowest ${slowest} ms`);

    expect(delays.length).toBeGreaterThan(40);
    expect(p95).toBeLessThan(promisedMs);
  });
});
