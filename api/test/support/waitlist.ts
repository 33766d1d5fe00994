import { randomUUID } from 'node:crypto';
import { runDue } from '../../src/app/due-running.service.ts';
import { aClinic, appointmentMutations, signIn, type TestClinic, type TestMember } from './clinic.ts';
import type { Json, TestClient } from './client.ts';
import { query } from './database.ts';
import { mondayMorning, type TestServerHandle } from './server.ts';

const entryFields = `id status earliest latest offer { doctorId startsAt endsAt } offerExpiresAt appointment { id status startsAt }
  patient { id } doctor { id }`;

export const waitlistMutations = {
  join: `mutation ($input: JoinWaitlistInput!) { joinWaitlist(input: $input) { entry { ${entryFields} } userErrors { code field } } }`,
  accept: `mutation ($id: ID!) { answer: acceptWaitlistOffer(id: $id) {
    appointment { id status source startsAt } alternativeSlots { startsAt } userErrors { code } } }`,
  decline: `mutation ($id: ID!) { answer: declineWaitlistOffer(id: $id) { entry { ${entryFields} } userErrors { code } } }`,
  leave: `mutation ($id: ID!) { answer: leaveWaitlist(id: $id) { entry { ${entryFields} } userErrors { code } } }`,
};

/** Tuesday, wall clock in Manila. */
export const at = (time: string): string => new Date(`2030-03-05T${time}:00+08:00`).toISOString();

/** What `stateOf` says of an offer for Tuesday. */
export const offered = (time: string): string => `OFFERED ${at(time)}`;

/** A clinic with one doctor and people who wait, on a clock that the test moves. */
export class WaitingRoom {
  readonly server: TestServerHandle;
  readonly clinic: TestClinic;
  readonly doctor: TestMember;
  readonly #ownerEmail: string;

  private constructor(server: TestServerHandle, clinic: TestClinic, doctor: TestMember, ownerEmail: string) {
    this.server = server;
    this.clinic = clinic;
    this.doctor = doctor;
    this.#ownerEmail = ownerEmail;
  }

  static async open(server: TestServerHandle): Promise<WaitingRoom> {
    server.clock.set(mondayMorning);
    const email = `owner-${randomUUID()}@example.org`;
    const clinic = await aClinic(server, { email });
    const room = new WaitingRoom(server, clinic, await clinic.hire('DOCTOR', 'Dr. Ana Reyes'), email);
    // New hours are looked through for those who wait: before anybody does.
    await room.settle();
    return room;
  }

  async book(time: string, { patientId, ...changes }: Record<string, unknown> = {}): Promise<string> {
    const { clinic, doctor } = this;
    const input = {
      patientId: patientId ?? (await clinic.aPatient()),
      doctorId: doctor.doctorId,
      serviceId: clinic.serviceId,
      startsAt: at(time),
      ...changes,
    };
    const { answer } = await clinic.owner.ask(appointmentMutations.book, { input });
    if (answer.appointment === null) throw new Error(JSON.stringify(answer.userErrors));
    return answer.appointment.id;
  }

  async aService(durationMinutes: number): Promise<string> {
    const { createService } = await this.clinic.owner.ask(
      `mutation ($minutes: Int!) { createService(input: { name: "Other", durationMinutes: $minutes, price: "1" }) { service { id } } }`,
      { minutes: durationMinutes },
    );
    return createService.service.id;
  }

  async cancel(appointmentId: string): Promise<void> {
    await this.clinic.owner.ask(appointmentMutations.cancel, { input: { appointmentId } });
  }

  async join(
    patientId: string,
    changes: Record<string, unknown> = {},
    client: TestClient = this.clinic.owner,
  ): Promise<Json> {
    // Nobody comes at the very same instant as somebody else.
    this.server.clock.advance(1);
    const { serviceId } = this.clinic;
    const input = { patientId, serviceId, earliest: '2030-03-05', latest: '2030-03-05', ...changes };
    return (await client.ask(waitlistMutations.join, { input })).joinWaitlist;
  }

  /** The place of a patient who waits, somebody new unless named. */
  async waits({ patientId, ...changes }: Record<string, unknown> = {}): Promise<string> {
    const who = typeof patientId === 'string' ? patientId : await this.clinic.aPatient();
    const { entry, userErrors } = await this.join(who, changes);
    if (entry === null) throw new Error(JSON.stringify(userErrors));
    return entry.id;
  }

  async answer(mutation: keyof typeof waitlistMutations, id: string): Promise<Json> {
    return (await this.clinic.owner.ask(waitlistMutations[mutation], { id })).answer;
  }

  /** Runs what is due by now, beside the worker, until nothing is. */
  async settle(): Promise<void> {
    const { server, clinic } = this;
    for (;;) {
      await runDue(server.runtime, { clinicId: clinic.id, clockOffsetMs: 0 });
      const due = await query(server.database.adminUrl, 'select from due where clinic_id = $1 and run_at <= $2', [
        clinic.id,
        server.clock.now(),
      ]);
      if (due.length === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  minutes(count: number): Promise<void> {
    return this.moveTo(new Date(this.server.clock.now().getTime() + count * 60_000));
  }

  /** Moves the clock, runs what is due, and signs in again: tokens go by it as well. */
  async moveTo(instant: Date): Promise<void> {
    this.server.clock.set(instant);
    await this.settle();
    this.clinic.owner = await signIn(this.server.url, this.#ownerEmail);
  }

  async entry(id: string): Promise<Json> {
    const query = `query ($id: ID!) { node(id: $id) { ... on WaitlistEntry { ${entryFields} } } }`;
    return (await this.clinic.owner.ask(query, { id })).node;
  }

  /** Its status, and the start of what is on offer. */
  async stateOf(id: string): Promise<string> {
    const { status, offer } = await this.entry(id);
    return offer === null ? status : `${status} ${offer.startsAt}`;
  }

  statesOf(ids: readonly string[]): Promise<string[]> {
    return Promise.all(ids.map((id) => this.stateOf(id)));
  }
}
