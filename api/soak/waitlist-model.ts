const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Manila has no clock changes: its day begins eight hours before that of UTC. */
const zoneMs = 8 * 60 * minuteMs;

export interface ModelAppointment {
  id: string;
  doctorId: string;
  patientId: string;
  startsAt: number;
  endsAt: number;
  status: string;
}

export interface ModelEntry {
  id: string;
  patientId: string;
  doctorId: string | null;
  serviceId: string;
  earliest: string;
  latest: string;
  createdAt: number;
}

interface Slot {
  doctorId: string;
  startsAt: number;
  endsAt: number;
}

interface Waiting extends ModelEntry {
  status: 'WAITING' | 'OFFERED' | 'BOOKED' | 'LEFT';
  since: number;
  offer: (Slot & { expiresAt: number }) | null;
  passed: Slot[];
}

interface Pending {
  at: number;
  order: number;
  key: string;
  run: (at: number) => void;
}

const dayOf = (at: number): string => new Date(at + zoneMs).toISOString().slice(0, 10);
const endOfDay = (day: string): number => Date.parse(`${day}T00:00:00Z`) - zoneMs + dayMs;
const overlap = (one: Omit<Slot, 'doctorId'>, other: Omit<Slot, 'doctorId'>): boolean =>
  one.startsAt < other.endsAt && other.startsAt < one.endsAt;

/** What the clinic should say, worked out slowly and plainly: no table, no index, one list and a loop for everything. */
export class WaitlistModel {
  readonly log: string[] = [];
  readonly appointments: ModelAppointment[];
  readonly entries: Waiting[] = [];
  readonly #minutesOf: ReadonlyMap<string, number>;
  readonly #offers: (doctorId: string, serviceId: string) => boolean;
  #pending: Pending[] = [];
  #count = 0;

  constructor(
    appointments: ModelAppointment[],
    minutesOf: ReadonlyMap<string, number>,
    offers: (doctorId: string, serviceId: string) => boolean,
  ) {
    this.appointments = appointments;
    this.#minutesOf = minutesOf;
    this.#offers = offers;
    for (const each of appointments) this.#expect(each);
  }

  join(entry: ModelEntry): void {
    const waiting: Waiting = { ...entry, status: 'WAITING', since: entry.createdAt, offer: null, passed: [] };
    this.entries.push(waiting);
    this.#plan(`last ${entry.id}`, endOfDay(entry.latest), (at) => this.#runOut(waiting, at));
  }

  cancel(id: string, now: number): void {
    const appointment = this.appointments.find((each) => each.id === id);
    if (appointment === undefined) throw new Error('The model does not know this appointment.');
    appointment.status = 'CANCELLED';
    this.#drop(`alert ${id}`);
    this.#open(appointment, now);
  }

  accept(entryId: string, appointmentId: string): void {
    const entry = this.#entry(entryId);
    if (entry.offer === null) throw new Error('The model has no such offer.');
    const { doctorId, startsAt, endsAt } = entry.offer;
    const appointment = {
      id: appointmentId,
      doctorId,
      patientId: entry.patientId,
      startsAt,
      endsAt,
      status: 'APPROVED',
    };
    entry.status = 'BOOKED';
    this.#endOffer(entry);
    this.#drop(`last ${entryId}`);
    this.appointments.push(appointment);
    this.#expect(appointment);
  }

  decline(entryId: string, now: number): void {
    this.#giveBack(this.#entry(entryId), now, 'BACK');
  }

  /** Runs everything that is due by an instant, the earliest first; at one instant, what was planned first. */
  advanceTo(instant: number): void {
    for (;;) {
      const [next] = [...this.#pending].sort((one, other) => one.at - other.at || one.order - other.order);
      if (next === undefined || next.at > instant) return;
      this.#pending = this.#pending.filter((each) => each !== next);
      next.run(next.at);
    }
  }

  #expect({ id, startsAt, status }: ModelAppointment): void {
    if (status !== 'APPROVED') return;
    this.#plan(`alert ${id}`, startsAt + 15 * minuteMs, (at) => {
      if (dayOf(at) === dayOf(startsAt)) this.#write('NO_SHOW_SUSPECTED', id, at);
    });
  }

  #open({ doctorId, startsAt, endsAt }: Slot, now: number): void {
    const somebodyWaits = this.entries.some(({ status }) => status === 'WAITING' || status === 'OFFERED');
    if (endsAt <= now || !somebodyWaits) return;
    this.#plan(`slot ${doctorId} ${startsAt} ${endsAt}`, now, (at) =>
      this.#offerTime({ doctorId, startsAt, endsAt }, at),
    );
  }

  #offerTime(opened: Slot, now: number): void {
    const queue = this.entries
      .filter(({ status }) => status === 'WAITING')
      .sort((one, other) => one.since - other.since || one.createdAt - other.createdAt);
    for (const entry of queue) {
      const slot = this.#slotsFor(entry, opened, now)[0];
      if (slot === undefined) continue;
      entry.status = 'OFFERED';
      const expiresAt = Math.min(now + 30 * minuteMs, slot.startsAt);
      entry.offer = { ...slot, expiresAt };
      this.#plan(`offer ${entry.id}`, expiresAt, (at) => this.#giveBack(entry, at, 'BACK'));
      this.#write('WAITLIST_OFFER', entry.id, now);
    }
  }

  /** Quarter of an hour by quarter of an hour through the day's hours. */
  #slotsFor(entry: Waiting, opened: Slot, now: number): Slot[] {
    const { doctorId } = opened;
    if (entry.doctorId !== null && entry.doctorId !== doctorId) return [];
    if (!this.#offers(doctorId, entry.serviceId)) return [];
    const lengthMs = (this.#minutesOf.get(entry.serviceId) ?? 0) * minuteMs;
    const found: Slot[] = [];
    for (let startsAt = opened.startsAt - dayMs; startsAt < opened.endsAt; startsAt += 15 * minuteMs) {
      const slot = { doctorId, startsAt, endsAt: startsAt + lengthMs };
      const day = dayOf(startsAt);
      const isOpen = [
        [8, 12],
        [13, 17],
      ].some(([from = 0, to = 0]) => {
        const midnight = endOfDay(day) - dayMs;
        return midnight + from * 60 * minuteMs <= startsAt && slot.endsAt <= midnight + to * 60 * minuteMs;
      });
      const isWanted = entry.earliest <= day && day <= entry.latest && startsAt > now && overlap(slot, opened);
      const isSunday = new Date(`${day}T00:00:00Z`).getUTCDay() === 0;
      const isPassed = entry.passed.some((passed) => passed.doctorId === doctorId && overlap(passed, slot));
      if (isOpen && isWanted && !isSunday && !isPassed && this.#isFree(slot, entry.patientId)) found.push(slot);
    }
    const inside = (slot: Slot) => opened.startsAt <= slot.startsAt && slot.endsAt <= opened.endsAt;
    return [...found.filter(inside), ...found.filter((slot) => !inside(slot))];
  }

  #isFree(slot: Slot, patientId: string): boolean {
    const held = [
      ...this.appointments.filter(({ status }) => status === 'APPROVED'),
      ...this.entries.flatMap(({ offer, patientId: who }) => (offer === null ? [] : [{ ...offer, patientId: who }])),
    ];
    return !held.some(
      (each) => (each.doctorId === slot.doctorId || each.patientId === patientId) && overlap(each, slot),
    );
  }

  #giveBack(entry: Waiting, now: number, word: 'BACK'): void {
    const { offer } = entry;
    if (offer === null) throw new Error('The model has no such offer.');
    entry.status = dayOf(now) > entry.latest ? 'LEFT' : 'WAITING';
    entry.since = now;
    entry.passed.push(offer);
    this.#endOffer(entry);
    this.#write(entry.status === 'LEFT' ? 'WAITLIST_LEFT' : `WAITLIST_${word}`, entry.id, now);
    this.#open(offer, now);
  }

  #runOut(entry: Waiting, now: number): void {
    const { offer } = entry;
    entry.status = 'LEFT';
    this.#endOffer(entry);
    this.#write('WAITLIST_LEFT', entry.id, now);
    if (offer !== null) this.#open(offer, now);
  }

  #endOffer(entry: Waiting): void {
    entry.offer = null;
    this.#drop(`offer ${entry.id}`);
  }

  #entry(id: string): Waiting {
    const found = this.entries.find((each) => each.id === id);
    if (found === undefined) throw new Error('The model does not know this entry.');
    return found;
  }

  /** The same again keeps its place among those of its instant. */
  #plan(key: string, at: number, run: Pending['run']): void {
    const known = this.#pending.find((each) => each.key === key);
    this.#drop(key);
    this.#pending.push({ key, at, run, order: known?.order ?? (this.#count += 1) });
  }

  #drop(key: string): void {
    this.#pending = this.#pending.filter((each) => each.key !== key);
  }

  #write(type: string, subject: string, at: number): void {
    this.log.push(`${new Date(at).toISOString()} ${type} ${subject}`);
  }
}
