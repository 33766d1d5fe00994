import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appointmentMutations } from '../test/support/clinic.ts';
import { query } from '../test/support/database.ts';
import { report } from '../test/support/report.ts';
import { advance, aSandbox, contentsOf, type TestSandbox } from '../test/support/sandbox.ts';
import { startTestServer, type TestServerHandle } from '../test/support/server.ts';
import { waitlistMutations } from '../test/support/waitlist.ts';
import { timed } from './figures.ts';
import { WaitlistModel, type ModelAppointment, type ModelEntry } from './waitlist-model.ts';

/** With five doctors. */
const seed = 3;
const weekMinutes = 7 * 24 * 60;

let server: TestServerHandle;

beforeAll(async () => {
  server = await startTestServer({ idleMinutes: 0 });
});
afterAll(() => server.stop());

const rows = <Row extends object>(text: string, values: unknown[] = []) =>
  query<Row>(server.database.adminUrl, text, values);
const idsOf = async (text: string, clinicId: string) =>
  (await rows<{ id: string }>(text, [clinicId])).map(({ id }) => id);

/** Always the same numbers. */
function dice(): (sides: number) => number {
  let state = 20_260_302;
  return (sides) => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.floor((state / 4_294_967_296) * sides);
  };
}

interface Stored<At> {
  id: string;
  doctorId: string;
  patientId: string;
  startsAt: At;
  endsAt: At;
  status: string;
}

const assertDone = ({ userErrors }: { userErrors: object[] }): void => expect.soft(userErrors).toEqual([]);

/** One of two sandboxes that live through the same week: what has the same place in both is the same. */
class Living {
  readonly sandbox: TestSandbox;
  appointments: ModelAppointment[] = [];
  entries: string[] = [];
  doctors: string[] = [];
  services: string[] = [];
  patients: string[] = [];

  constructor(sandbox: TestSandbox) {
    this.sandbox = sandbox;
  }

  static async open(): Promise<Living> {
    const living = new Living(await aSandbox(server, seed));
    const { id } = living.sandbox;
    await living.fillUp();
    const found = await rows<Stored<Date>>(
      `select a.id, a.doctor_id as "doctorId", a.patient_id as "patientId", a.starts_at as "startsAt", a.ends_at as "endsAt", a.status
       from appointment a join doctor d on d.id = a.doctor_id where a.clinic_id = $1 and a.starts_at >= '2026-03-02T00:00Z'
       order by a.starts_at, d.name`,
      [id],
    );
    living.appointments = found.map((each) => ({
      ...each,
      startsAt: each.startsAt.getTime(),
      endsAt: each.endsAt.getTime(),
    }));
    living.entries = await idsOf('select id from waitlist_entry where clinic_id = $1 order by created_at', id);
    living.doctors = await idsOf('select id from doctor where clinic_id = $1 order by name', id);
    living.services = await idsOf('select id from service where clinic_id = $1 order by name', id);
    living.patients = await idsOf('select id from patient where clinic_id = $1 order by record_number', id);
    return living;
  }

  /** Books every other free slot of the week: a full house. */
  async fillUp(): Promise<void> {
    const { owner, id } = this.sandbox;
    const roll = dice();
    const services = await idsOf('select id from service where clinic_id = $1 order by name', id);
    const patients = await idsOf('select id from patient where clinic_id = $1 order by record_number', id);
    for (const serviceId of services) {
      const { availableSlots } = await owner.ask(
        `{ availableSlots(serviceId: "${serviceId}", from: "2026-03-02", to: "2026-03-08", first: 500) { doctorId startsAt } }`,
      );
      const names = await rows<{ id: string; name: string }>('select id, name from doctor where clinic_id = $1', [id]);
      const nameOf = new Map(names.map((each) => [each.id, each.name]));
      const inOrder = availableSlots
        .map((slot: { doctorId: string; startsAt: string }) => ({ ...slot, name: nameOf.get(slot.doctorId) ?? '' }))
        .sort((one: { startsAt: string; name: string }, other: { startsAt: string; name: string }) =>
          `${one.startsAt} ${one.name}` < `${other.startsAt} ${other.name}` ? -1 : 1,
        );
      for (const { doctorId, startsAt } of inOrder.filter((_slot: unknown, place: number) => place % 4 === 0)) {
        // Somebody who is elsewhere, or a slot that went meanwhile, is refused: in both sandboxes alike.
        const input = { patientId: patients[roll(120)], doctorId, serviceId, startsAt };
        await owner.ask(appointmentMutations.book, { input });
      }
    }
  }

  async cancel(place: number): Promise<void> {
    const appointmentId = this.appointments[place]?.id;
    const { answer } = await this.sandbox.owner.ask(appointmentMutations.cancel, { input: { appointmentId } });
    assertDone(answer);
  }

  async join(wish: { patient: number; doctor: number; service: number; earliest: string; latest: string }) {
    const { earliest, latest } = wish;
    const input = {
      patientId: this.patients[wish.patient],
      doctorId: this.doctors[wish.doctor] ?? null,
      serviceId: this.services[wish.service],
      earliest,
      latest,
    };
    const { joinWaitlist } = await this.sandbox.owner.ask(waitlistMutations.join, { input });
    if (joinWaitlist.entry === null) return null;
    this.entries.push(joinWaitlist.entry.id);
    return joinWaitlist.entry;
  }

  async accept(place: number): Promise<string> {
    const { answer } = await this.sandbox.owner.ask(waitlistMutations.accept, { id: this.entries[place] });
    assertDone(answer);
    return answer.appointment.id;
  }

  async decline(place: number): Promise<void> {
    const { answer } = await this.sandbox.owner.ask(waitlistMutations.decline, { id: this.entries[place] });
    assertDone(answer);
  }

  async log(): Promise<string[]> {
    const events = await rows<{ at: Date; type: string; subject_id: string }>(
      `select at, type, subject_id from event where clinic_id = $1
         and type in ('NO_SHOW_SUSPECTED', 'WAITLIST_OFFER', 'WAITLIST_BACK', 'WAITLIST_LEFT')`,
      [this.sandbox.id],
    );
    return events.map(({ at, type, subject_id: subject }) => `${at.toISOString()} ${type} ${subject}`).sort();
  }
}

async function modelOf({ sandbox, appointments }: Living): Promise<WaitlistModel> {
  const services = await rows<{ id: string; minutes: number }>(
    'select id, duration_minutes as minutes from service where clinic_id = $1',
    [sandbox.id],
  );
  const offered = await rows<{ pair: string }>(
    `select doctor_id || ' ' || service_id as pair from doctor_service where clinic_id = $1`,
    [sandbox.id],
  );
  const pairs = new Set(offered.map(({ pair }) => pair));
  const model = new WaitlistModel(
    appointments.map((each) => ({ ...each })),
    new Map(services.map(({ id, minutes }) => [id, minutes])),
    (doctorId, serviceId) => pairs.has(`${doctorId} ${serviceId}`),
  );
  const entries = await rows<Omit<ModelEntry, 'createdAt'> & { createdAt: Date }>(
    `select id, patient_id as "patientId", doctor_id as "doctorId", service_id as "serviceId", earliest::text, latest::text,
       created_at as "createdAt" from waitlist_entry where clinic_id = $1 order by created_at`,
    [sandbox.id],
  );
  for (const entry of entries) model.join({ ...entry, createdAt: entry.createdAt.getTime() });
  return model;
}

const dayAfter = (now: number, days: number): string =>
  new Date(now + (8 + days * 24) * 60 * 60_000).toISOString().slice(0, 10);

type Pair = readonly [Living, Living];

/** What happens in the week, in both sandboxes and in the model. */
class Week {
  readonly end: number;
  readonly counts = { moves: 0, cancelled: 0, joined: 0, accepted: 0, declined: 0 };
  #now = Date.parse('2026-03-02T00:00:00Z');
  readonly #pair: Pair;
  readonly #model: WaitlistModel;
  readonly #roll: (sides: number) => number;

  constructor(pair: Pair, model: WaitlistModel, roll: (sides: number) => number) {
    this.#pair = pair;
    this.#model = model;
    this.#roll = roll;
    this.end = this.#now + weekMinutes * 60_000;
  }

  /** Returns how long the clocks took to be moved, milliseconds. */
  async live(): Promise<number> {
    let movingMs = 0;
    while (this.#now < this.end) {
      await this.#answer();
      for (let cancels = this.#roll(3); cancels > 0; cancels -= 1) await this.#cancel();
      if (this.#roll(2) === 0) await this.#join();
      const minutes = Math.min(15 + this.#roll(120), (this.end - this.#now) / 60_000);
      const { ms } = await timed(() => this.#inBoth((each) => advance(each.sandbox.owner, minutes)));
      movingMs += ms;
      this.counts.moves += 1;
      this.#now += minutes * 60_000;
      this.#model.advanceTo(this.#now);
    }
    return movingMs;
  }

  async #inBoth<Result>(act: (each: Living) => Promise<Result>): Promise<Result> {
    const result = await act(this.#pair[0]);
    await act(this.#pair[1]);
    return result;
  }

  /** Of those who have an offer some take it, some decline, and most let it run out. */
  async #answer(): Promise<void> {
    for (const [place, entry] of this.#model.entries.entries()) {
      if (entry.status !== 'OFFERED') continue;
      const answer = this.#roll(10);
      if (answer < 3) {
        this.#model.accept(entry.id, await this.#inBoth((each) => each.accept(place)));
        this.counts.accepted += 1;
      } else if (answer < 5) {
        await this.#inBoth((each) => each.decline(place));
        this.#model.decline(entry.id, this.#now);
        this.counts.declined += 1;
      }
    }
  }

  async #cancel(): Promise<void> {
    const approved = new Set(
      this.#model.appointments.filter(({ status }) => status === 'APPROVED').map(({ id }) => id),
    );
    const soon = this.#now + 3 * 24 * 60 * 60_000;
    const open = [...this.#pair[0].appointments.entries()].filter(
      ([, { id, startsAt }]) => startsAt > this.#now && startsAt < soon && approved.has(id),
    );
    const [place, chosen] = open[this.#roll(Math.max(1, open.length))] ?? [];
    if (place === undefined || chosen === undefined) return;
    await this.#inBoth((each) => each.cancel(place));
    this.#model.cancel(chosen.id, this.#now);
    this.counts.cancelled += 1;
  }

  async #join(): Promise<void> {
    const wish = {
      patient: this.#roll(120),
      doctor: this.#roll(8),
      service: this.#roll(5),
      earliest: dayAfter(this.#now, 0),
      latest: dayAfter(this.#now, this.#roll(4)),
    };
    const joined = await this.#inBoth((each) => each.join(wish));
    if (joined === null) return;
    const { doctor, patient, earliest, latest, id } = joined;
    const serviceId = this.#pair[0].services[wish.service] ?? '';
    const who = { patientId: patient.id, doctorId: doctor?.id ?? null };
    this.#model.join({ id, serviceId, earliest, latest, createdAt: this.#now, ...who });
    this.counts.joined += 1;
  }
}

describe('a week of a sandbox', () => {
  it('is what the rules say, to the minute, and the same for the same seed', async () => {
    const roll = dice();
    const pair = [await Living.open(), await Living.open()] as const;
    const [living] = pair;
    const model = await modelOf(living);
    const week = new Week(pair, model, roll);
    const movingMs = await week.live();

    const [log, expected] = [await living.log(), [...model.log].sort()];
    const kinds = (type: string) => log.filter((line) => line.includes(type)).length;
    const booked = living.appointments.filter(({ startsAt }) => startsAt < week.end).length;
    report(
      `a week of ${booked} appointments: ${kinds('NO_SHOW')} alerts, ${kinds('OFFER')} offers, ${kinds('BACK')} given back, ${kinds('LEFT')} left; ${JSON.stringify(week.counts)}`,
    );
    report(
      `two sandboxes moved through it in ${(movingMs / 1_000).toFixed(1)} s, ${(movingMs / (2 * log.length)).toFixed(1)} ms for each thing that fell due`,
    );
    expect(log).toEqual(expected);
    const contents = await Promise.all(pair.map(({ sandbox }) => contentsOf(server, sandbox.id)));
    const [one, other] = contents.map(({ membership: _people, ...rest }) =>
      JSON.parse(JSON.stringify(rest).replaceAll(/sandbox-[0-9a-f]{12}/g, '')),
    );
    expect(other).toEqual(one);
  });

  it('lives through a month at once', async () => {
    const sandbox = await aSandbox(server, 1);
    const { ms, result } = await timed(() => advance(sandbox.owner, 31 * 24 * 60));
    const [facts] = await rows<{ count: string }>('select count(*) from event where clinic_id = $1', [sandbox.id]);

    report(`31 days in one call: ${(ms / 1_000).toFixed(1)} s, ${facts?.count} facts`);
    expect(result.clinic.now).toBe('2026-04-02T00:00:00.000Z');
  });
});
