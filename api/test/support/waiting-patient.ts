import type { TestClinic, TestMember } from './clinic.ts';
import { query } from './database.ts';
import type { TestServerHandle } from './server.ts';

/** Lets a patient wait for a doctor, or for any; returns the place's id. */
export async function waitFor(
  clinic: TestClinic,
  patientId: string,
  serviceId: string,
  doctorId: string | null = null,
): Promise<string> {
  const { joinWaitlist } = await clinic.owner.ask(
    'mutation ($input: JoinWaitlistInput!) { joinWaitlist(input: $input) { entry { id } userErrors { message } } }',
    { input: { patientId, serviceId, doctorId, earliest: '2030-03-05', latest: '2030-06-05' } },
  );
  return joinWaitlist.entry.id;
}

interface Waiting {
  clinic: TestClinic;
  doctor: TestMember;
  patient: TestMember;
}

/** Makes places on the waitlist that are the patient's own. */
export class WaitingPatient {
  readonly #server: Pick<TestServerHandle, 'database'>;
  readonly #place: Waiting;
  readonly #fresh: { freeTime(): string; freshText(): string };

  constructor(
    server: Pick<TestServerHandle, 'database'>,
    place: Waiting,
    fresh: { freeTime(): string; freshText(): string },
  ) {
    this.#server = server;
    this.#place = place;
    this.#fresh = fresh;
  }

  /** A place for a service that nobody has asked for yet. */
  async wait(): Promise<string> {
    const { clinic, patient } = this.#place;
    const { createService } = await clinic.owner.ask(
      'mutation ($name: String!) { createService(input: { name: $name, durationMinutes: 30, price: "1" }) { service { id } } }',
      { name: this.#fresh.freshText() },
    );
    return waitFor(clinic, patient.patientId, createService.service.id);
  }

  /** The clinic's service, for which the patient waits no more. */
  async serviceNobodyWaitsFor(): Promise<string> {
    const { clinic, patient } = this.#place;
    await query(
      this.#server.database.adminUrl,
      'delete from waitlist_entry where patient_id = $1 and service_id = $2',
      [patient.patientId, clinic.serviceId],
    );
    return clinic.serviceId;
  }

  /** A place with an offer that waits for an answer. */
  async offered(): Promise<string> {
    const id = await this.wait();
    await query(
      this.#server.database.adminUrl,
      `update waitlist_entry set status = 'OFFERED', offer_doctor_id = $2, offer_starts_at = $3,
         offer_ends_at = $3::timestamptz + interval '30 minutes', offer_expires_at = $3 where id = $1`,
      [id, this.#place.doctor.doctorId, this.#fresh.freeTime()],
    );
    return id;
  }
}
