/** What a client means to do, and what it was told. Times are those of this machine, milliseconds. */
export interface Deed {
  /** Stands in what it writes, so that each step can be told whose it is. */
  key: string;
  kind: 'REQUEST' | 'BOOK' | 'APPROVE' | 'REJECT' | 'CANCEL' | 'MOVE';
  /** Null for what makes one. */
  appointmentId: string | null;
  /** Handed back from the last look, or null. */
  version: number | null;
  /** Where it is to be; for MOVE without a doctor where it is. */
  wanted: { doctorId: string | null; patientId: string | null; startsAt: number; minutes: number } | null;
  isOverbooked: boolean;
  sentAt: number;
  answeredAt: number;
  /** DONE, or the code of the refusal. */
  outcome: string;
  /** The appointment that the answer showed. */
  shownId: string | null;
}

/** One step of an appointment as the database has it, in the order of commits. */
export interface StoredStep {
  appointmentId: string;
  version: number;
  type: string;
  fromStatus: string | null;
  toStatus: string;
  note: string | null;
  at: number;
}

export interface StoredAppointment {
  id: string;
  status: string;
  doctorId: string;
  patientId: string;
  startsAt: number;
  endsAt: number;
  reason: string | null;
  isOverbooked: boolean;
  version: number;
}

/** An appointment between two of its steps. Whoever looked between `from` and `until` may have seen it so. */
interface State extends Omit<StoredAppointment, 'reason'> {
  from: number;
  until: number;
}

const minuteMs = 60_000;
const holding = (state: State): boolean => state.status === 'APPROVED' && !state.isOverbooked;
const overlap = (one: { startsAt: number; endsAt: number }, other: { startsAt: number; endsAt: number }): boolean =>
  one.startsAt < other.endsAt && other.startsAt < one.endsAt;

/** Plays the steps again by the clinic's rules alone, and holds every answer and every row against what comes out. */
export class History {
  readonly problems: string[] = [];
  /** How many answers were held against it, by what they said. */
  readonly counts: Record<string, number> = {};
  readonly #deeds: readonly Deed[];
  readonly #byKey: Map<string, Deed>;
  readonly #states = new Map<string, State[]>();
  readonly #done = new Set<string>();

  constructor(deeds: readonly Deed[]) {
    this.#deeds = deeds;
    this.#byKey = new Map(deeds.map((deed) => [deed.key, deed]));
  }

  judge(steps: readonly StoredStep[], rows: readonly StoredAppointment[]): void {
    const reasons = new Map(rows.map((row) => [row.id, row.reason]));
    for (const step of steps) this.#play(step, reasons.get(step.appointmentId) ?? null);
    for (const row of rows) this.#compare(row);
    for (const deed of this.#deeds) this.#hold(deed);
  }

  #problem(text: string): void {
    this.problems.push(text);
  }

  /** The deed behind a step: by what it wrote, or for an approval the one that was told so. */
  #deedOf(step: StoredStep, reason: string | null): Deed | undefined {
    if (step.fromStatus === null) return this.#byKey.get(reason ?? '');
    if (step.type !== 'APPROVED') return this.#byKey.get(step.note ?? '');
    return this.#deeds.find(
      ({ kind, appointmentId, outcome }) =>
        kind === 'APPROVE' && appointmentId === step.appointmentId && outcome === 'DONE',
    );
  }

  #play(step: StoredStep, reason: string | null): void {
    const where = `${step.type} of ${step.appointmentId}`;
    const deed = this.#deedOf(step, reason);
    if (deed === undefined) return this.#problem(`${where} was asked for by nobody`);
    if (this.#done.has(deed.key)) this.#problem(`${where} happened twice`);
    if (deed.outcome !== 'DONE') this.#problem(`${where} happened, and its client was told ${deed.outcome}`);
    this.#done.add(deed.key);
    const states = this.#states.get(step.appointmentId) ?? [];
    this.#states.set(step.appointmentId, states);
    const before = states.at(-1);
    if ((before?.status ?? null) !== step.fromStatus) this.#problem(`${where} began from ${step.fromStatus}`);
    if (step.version !== states.length + 1) this.#problem(`${where} has version ${step.version}`);
    if (deed.version !== null && deed.version !== before?.version)
      this.#problem(`${where} was asked for with an old version`);
    const after = this.#after(step, deed, before);
    if (after === null) return this.#problem(`${where} has nothing to go on`);
    if (before !== undefined) before.until = deed.answeredAt;
    if (holding(after)) this.#assertAlone(after, where);
    states.push(after);
  }

  #after({ appointmentId, toStatus, at, version }: StoredStep, deed: Deed, before?: State): State | null {
    const { wanted, kind, isOverbooked } = deed;
    const life = { status: toStatus, version, from: at, until: Infinity };
    if (kind === 'REQUEST' || kind === 'BOOK' || kind === 'MOVE') {
      const doctorId = wanted?.doctorId ?? before?.doctorId;
      const patientId = wanted?.patientId ?? before?.patientId;
      if (wanted === null || doctorId === undefined || patientId === undefined) return null;
      const { startsAt, minutes } = wanted;
      const endsAt = startsAt + minutes * minuteMs;
      return { id: appointmentId, doctorId, patientId, startsAt, endsAt, isOverbooked, ...life };
    }
    return before === undefined ? null : { ...before, ...life };
  }

  #assertAlone(state: State, where: string): void {
    for (const [id, states] of this.#states) {
      const other = states.at(-1);
      if (id === state.id || other === undefined || !holding(other) || !overlap(state, other)) continue;
      if (other.doctorId === state.doctorId) this.#problem(`${where} overlaps ${id} of the same doctor`);
      if (other.patientId === state.patientId) this.#problem(`${where} overlaps ${id} of the same patient`);
    }
  }

  #compare(row: StoredAppointment): void {
    const state = this.#states.get(row.id)?.at(-1);
    if (state === undefined) return this.#problem(`${row.id} has no history`);
    for (const name of ['status', 'doctorId', 'patientId', 'startsAt', 'endsAt', 'isOverbooked', 'version'] as const)
      if (row[name] !== state[name]) this.#problem(`${row.id} has ${name} ${row[name]} instead of ${state[name]}`);
  }

  /** Whether at any moment between question and answer something was so. */
  #during({ sentAt, answeredAt }: Deed, states: Iterable<State>, isSo: (state: State) => boolean): boolean {
    for (const state of states) if (state.from <= answeredAt && sentAt <= state.until && isSo(state)) return true;
    return false;
  }

  #hold(deed: Deed): void {
    const { key, kind, outcome, appointmentId } = deed;
    const what = `${outcome} to ${kind}`;
    this.counts[what] = (this.counts[what] ?? 0) + 1;
    if (outcome === 'DONE') {
      if (this.#done.has(key) || this.#wasThere(deed)) return;
      return this.#problem(`${kind} ${key} was told to be done, and left no trace`);
    }
    if (!this.#isJust(deed)) this.#problem(`${what} ${key} about ${appointmentId} had no reason`);
  }

  /** A move to where it is already is done without a step. */
  #wasThere(deed: Deed): boolean {
    const { kind, wanted, appointmentId, isOverbooked } = deed;
    if (kind !== 'MOVE' || wanted === null || appointmentId === null) return false;
    return this.#during(
      deed,
      this.#states.get(appointmentId) ?? [],
      (state) =>
        state.startsAt === wanted.startsAt &&
        state.endsAt === wanted.startsAt + wanted.minutes * minuteMs &&
        (wanted.doctorId ?? state.doctorId) === state.doctorId &&
        state.isOverbooked === isOverbooked,
    );
  }

  #isJust(deed: Deed): boolean {
    const own = this.#states.get(deed.appointmentId ?? '') ?? [];
    const needed = deed.kind === 'APPROVE' || deed.kind === 'REJECT' ? ['REQUESTED'] : ['REQUESTED', 'APPROVED'];
    switch (deed.outcome) {
      case 'INVALID_TRANSITION':
        return this.#during(deed, own, ({ status }) =>
          deed.kind === 'MOVE' ? status !== 'APPROVED' : !needed.includes(status),
        );
      case 'CONFLICT':
        return this.#during(deed, own, ({ version }) => version !== deed.version);
      case 'SLOT_TAKEN':
        return this.#wasTaken(deed, own);
      case 'NOT_FOUND':
        // Moved to a colleague meanwhile: to a doctor it is gone.
        return new Set(own.map(({ doctorId }) => doctorId)).size > 1;
      default:
        return false;
    }
  }

  /** Somebody else held the wanted time of the doctor or of the patient. */
  #wasTaken(deed: Deed, own: readonly State[]): boolean {
    const others = [...this.#states].filter(([id]) => id !== deed.appointmentId).flatMap(([, states]) => states);
    return own.length === 0 && deed.wanted !== null
      ? this.#isHeld(deed, others, { ...deed.wanted, endsAt: deed.wanted.startsAt + deed.wanted.minutes * minuteMs })
      : own.some((state) => {
          const startsAt = deed.wanted?.startsAt ?? state.startsAt;
          const endsAt = deed.wanted === null ? state.endsAt : startsAt + deed.wanted.minutes * minuteMs;
          const doctorId = deed.wanted?.doctorId ?? state.doctorId;
          return this.#isHeld(deed, others, { doctorId, patientId: state.patientId, startsAt, endsAt });
        });
  }

  #isHeld(
    deed: Deed,
    others: readonly State[],
    place: { doctorId: string | null; patientId: string | null; startsAt: number; endsAt: number },
  ): boolean {
    return this.#during(
      deed,
      others,
      (state) =>
        holding(state) &&
        overlap(state, place) &&
        (state.doctorId === place.doctorId || state.patientId === place.patientId),
    );
  }
}
