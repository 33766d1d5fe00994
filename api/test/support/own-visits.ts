import { aLivelyBill } from './bills.ts';
import type { TestClinic, TestMember } from './clinic.ts';
import { query } from './database.ts';
import type { TestServerHandle } from './server.ts';
import { aVisit, prescribe, step, visitOperations } from './visits.ts';

interface Place {
  clinic: TestClinic;
  doctor: TestMember;
  patient: TestMember;
}

/** Makes visits that are the patient's own with the doctor, in whatever state a call needs. */
export class OwnVisits {
  readonly #server: TestServerHandle;
  readonly #place: Place;
  readonly #own: { booked(): Promise<string> };
  #count = 0;

  constructor(server: TestServerHandle, place: Place, own: { booked(): Promise<string> }) {
    this.#server = server;
    this.#place = place;
    this.#own = own;
  }

  /** In the queue, of a doctor who has nobody with them. */
  async waiting(): Promise<string> {
    const { clinic, doctor, patient } = this.#place;
    await this.#sql(
      `update visit set status = 'COMPLETED', completed_at = started_at where doctor_id = $1 and status = 'IN_PROGRESS'`,
      doctor.doctorId,
    );
    const parties = { doctorId: doctor.doctorId, patientId: patient.patientId };
    return aVisit(clinic, { client: clinic.owner }, parties);
  }

  async called(): Promise<string> {
    const id = await this.waiting();
    await step(this.#place.doctor, visitOperations.call, { id });
    return id;
  }

  async running(): Promise<string> {
    const id = await this.waiting();
    await step(this.#place.doctor, visitOperations.start, { id });
    return id;
  }

  async completed(): Promise<string> {
    const visitId = await this.running();
    await step(this.#place.doctor, visitOperations.complete, { input: { visitId } });
    return visitId;
  }

  async prescribed(): Promise<string> {
    return prescribe(this.#place.doctor, await this.running(), 'Words');
  }

  /** The appointment of a patient who waits. */
  async checkedIn(): Promise<string> {
    const [row] = await this.#sql('select appointment_id as id from visit where id = $1', await this.waiting());
    return row?.id ?? '';
  }

  /** An appointment for today: booked for another day and moved here, at a time that nobody else has. */
  async expected(): Promise<string> {
    const id = await this.#own.booked();
    this.#count += 1;
    await this.#sql(
      `update appointment set starts_at = at, ends_at = at + interval '5 minutes'
       from (select timestamptz '2030-03-03T16:00Z' + make_interval(mins => ${5 * this.#count}) as at) today where id = $1`,
      id,
    );
    return id;
  }

  #sql(text: string, value: string): Promise<{ id: string }[]> {
    return query(this.#server.database.adminUrl, text, [value]);
  }
}

/** A visit that is over, with all that is written in one. */
export async function see(
  clinic: TestClinic,
  doctor: TestMember,
  patient: Pick<TestMember, 'patientId'>,
  mark: string,
): Promise<void> {
  const parties = { doctorId: doctor.doctorId, patientId: patient.patientId };
  const visitId = await aVisit(clinic, { client: clinic.owner }, parties);
  await step(doctor, visitOperations.start, { id: visitId });
  await step(doctor, visitOperations.vitals, { input: { visitId, pulse: 72 } });
  const { visit } = await step(doctor, visitOperations.complete, { input: { visitId, notes: `${mark} notes` } });
  await aLivelyBill(clinic, visit.appointment.id, mark);
  await step(doctor, visitOperations.add, { id: visitId, text: `${mark} addendum` });
  await prescribe(doctor, visitId, `${mark} drops`, { instructions: `${mark} at night` });
  // Somebody who should come again, and has nothing booked.
  const again = await clinic.aPatient({ firstName: mark });
  const followed = await aVisit(clinic, { client: clinic.owner }, { ...parties, patientId: again });
  await step(doctor, visitOperations.start, { id: followed });
  await step(doctor, visitOperations.complete, { input: { visitId: followed, followUpOn: '2030-03-05' } });
}
