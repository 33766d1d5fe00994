import { OwnBills, payOut, shareHalf } from './bills.ts';
import { decodeJwt } from 'jose';
import type { Role } from '../../src/access/roles.ts';
import { aClinic, appointmentMutations, signIn, takeOff, type TestClinic, type TestMember } from './clinic.ts';
import { TestClient, type Json } from './client.ts';
import { query } from './database.ts';
import { meet } from './meeting.ts';
import { OwnVisits, see } from './own-visits.ts';
import type { TestServerHandle } from './server.ts';
import { aStoredFile } from './stored-file.ts';
import { waitFor, WaitingPatient } from './waiting-patient.ts';

/** Stands in every text of a clinic that the callers do not belong to. */
export const foreignMark = 'Zqforeign';
/** Stands in every text of the same clinic that belongs to somebody else: another doctor's or another patient's. */
export const othersMark = 'Zqothers';

/** Somebody who calls: in a role, or a stranger. */
export interface Person {
  role: Role | 'signed out';
  client: TestClient;
  userId: string;
  email: string;
}

export interface Place {
  clinic: TestClinic;
  people: Record<Role, Person>;
  stranger: Person;
  doctor: TestMember;
  patient: TestMember;
  /** Treats the neighbour, and nobody that the doctor treats. */
  colleague: TestMember;
  neighbour: TestMember;
  /** Booked: the patient's with the doctor. */
  appointmentId: string;
}

/**
 * A clinic with somebody in every role. What its doctor and its patient have, and what another doctor and another
 * patient have, can be told apart by the marks in all texts.
 */
export async function inhabit(server: TestServerHandle, own: string, others: string): Promise<Place> {
  const email = `owner-${own.toLowerCase()}@${others.toLowerCase()}.example.org`;
  const clinic = await aClinic(server, { clinicName: `${own} Clinic`, ownerName: `${own} Owner`, email });
  const hire = async (role: Exclude<Role, 'PATIENT' | 'OWNER'>) => clinic.hire(role, `${own} ${role}`);
  const [doctor, admin, nurse, receptionist] = [
    await hire('DOCTOR'),
    await hire('ADMIN'),
    await hire('NURSE'),
    await hire('RECEPTIONIST'),
  ];
  const colleague = await clinic.hire('DOCTOR', `${others} Colleague`);
  const patient = await clinic.enrol(person(own));
  const neighbour = await clinic.enrol(person(others));
  const viewer = await clinic.owner.ask('{ viewer { user { id } } }');
  const as = (role: Role, { client, userId, email: address }: TestMember): Person => ({
    role,
    client,
    userId,
    email: address,
  });
  const place: Place = {
    clinic,
    doctor,
    patient,
    colleague,
    neighbour,
    appointmentId: '',
    stranger: { role: 'signed out', client: new TestClient(server.url), userId: '', email: '' },
    people: {
      OWNER: { role: 'OWNER', client: clinic.owner, userId: viewer.viewer.user.id, email },
      ADMIN: as('ADMIN', admin),
      DOCTOR: as('DOCTOR', doctor),
      NURSE: as('NURSE', nurse),
      RECEPTIONIST: as('RECEPTIONIST', receptionist),
      PATIENT: as('PATIENT', patient),
    },
  };
  await fillPlace(server, place, own, others);
  await clinic.owner.ask('mutation { updateClinic(input: { requestPolicy: FRONT_DESK }) { userErrors { code } } }');
  return place;
}

const person = (mark: string) => ({ firstName: mark, lastName: `${mark} Santos` });

async function fillPlace(server: TestServerHandle, place: Place, own: string, others: string): Promise<void> {
  const { clinic, doctor, colleague, patient, neighbour } = place;
  await shareHalf(server.database.adminUrl, clinic.id);
  place.appointmentId = await meet(clinic, { doctor, patient, startsAt: '2030-03-05T01:00:00Z', mark: own });
  await meet(clinic, { doctor: colleague, patient: neighbour, startsAt: '2030-03-05T02:00:00Z', mark: others });
  for (const [member, mark] of [
    [doctor, own],
    [colleague, others],
  ] as const) {
    const seen = member === doctor ? patient : neighbour;
    const input = {
      ...person(mark),
      sex: 'MALE',
      address: `${mark} street`,
      allergies: [`${mark} latex`],
      medicalHistory: `${mark} history`,
    };
    await see(clinic, member, seen, mark);
    await aStoredFile(server.database.adminUrl, clinic, { patient: seen, by: member, mark });
    await member.client.ask(
      'mutation ($input: CreatePatientInput!) { createPatient(input: $input) { userErrors { code } } }',
      { input },
    );
  }
  await clinic.owner.ask(
    `mutation ($csv: String!, $key: String!) { importPatients(input: { csv: $csv, progressKey: $key }) { importId } }`,
    { csv: `first_name\n${others} Imported`, key: `${others} progress` },
  );
  await clinic.owner.ask(
    `mutation { inviteStaff(input: { email: "${own}-${others}-invited@example.org", name: "${others} Ina", role: NURSE }) { userErrors { code } } }`,
  );
  await payOut(server.database.adminUrl, doctor.doctorId, own);
  await payOut(server.database.adminUrl, colleague.doctorId, others);
  await waitFor(clinic, patient.patientId, clinic.serviceId, doctor.doctorId);
  await waitFor(clinic, neighbour.patientId, clinic.serviceId, colleague.doctorId);
  await takeOff(clinic, doctor.doctorId, '2030-06-01', `${own} rest`);
  await takeOff(clinic, colleague.doctorId, '2030-06-01');
  await query(
    server.database.adminUrl,
    'insert into doctor_terms (clinic_id, doctor_id, share_percent) values ($1, $2, 43.21)',
    [clinic.id, colleague.doctorId],
  );
}

const [dayMs, halfHourMs, slotsADay] = [24 * 60 * 60_000, 30 * 60_000, 16];

/** Makes objects of every kind that are a caller's own, fresh ones each time where there can be more than one. */
export class OwnObjects {
  readonly #server: TestServerHandle;
  readonly #place: Place;
  #count = 0;
  #slot: number;
  readonly #known = new Map<string, string>();
  readonly waiting: WaitingPatient;
  readonly visits: OwnVisits;
  readonly bills: OwnBills;

  /** Two that book the same doctor must begin apart: at the first free slot, or so many later. */
  constructor(server: TestServerHandle, place: Place, firstSlot = 0) {
    this.#server = server;
    this.#place = place;
    this.#slot = firstSlot;
    this.waiting = new WaitingPatient(server, place, this);
    this.visits = new OwnVisits(server, place, this);
    this.bills = new OwnBills(server.database.adminUrl, place, this.visits);
  }

  /** A time at which the doctor is free, in the working hours: another one each time. */
  freeTime(): string {
    const index = this.#slot++;
    const start = Date.parse('2030-03-06T01:00:00Z') + Math.floor(index / slotsADay) * dayMs;
    return new Date(start + (index % slotsADay) * halfHourMs).toISOString();
  }

  /** An address that nobody has. */
  freshEmail(): string {
    this.#count += 1;
    return `fresh-${this.#count}@own.example.org`;
  }

  /** An address on the web that no clinic has. */
  freshSlug(): string {
    this.#count += 1;
    return `fresh-${this.#count}`;
  }

  /** Words that nobody wrote before. */
  freshText(): string {
    this.#count += 1;
    return `Words ${this.#count}`;
  }

  /** One of the caller's own for reading it: the same each time. */
  async known(kind: string, caller: Person): Promise<string> {
    if (kind === 'Patient') return this.#place.patient.patientId;
    if (kind === 'Appointment') return this.#place.appointmentId;
    const name = `${caller.role} ${kind}`;
    const id = this.#known.get(name) ?? (await this.of(kind, caller));
    this.#known.set(name, id);
    return id;
  }

  async of(kind: string, caller: Person): Promise<string> {
    const make = this.#makers[kind];
    if (make === undefined) throw new Error(`Nobody knows how to make a ${kind} of a caller’s own.`);
    return make(caller);
  }

  readonly #makers: Readonly<Record<string, (caller: Person) => Promise<string>>> = {
    Appointment: () => this.#request(),
    Attachment: ({ userId }) => this.#file(userId),
    AuditEntry: () => this.#id('select id from audit_entry where clinic_id = $1', this.#place.clinic.id),
    Bill: () => this.bills.unpaid(),
    Clinic: () => Promise.resolve(this.#place.clinic.id),
    Cursor: () => Promise.resolve('unused'),
    Doctor: () => Promise.resolve(this.#place.doctor.doctorId),
    ImportProgress: async ({ client }) => {
      this.#count += 1;
      const key = `own ${this.#count}`;
      await client.ask(
        'mutation ($key: String!) { importPatients(input: { csv: "first_name\\nx", dryRun: true, progressKey: $key }) { validCount } }',
        { key },
      );
      return key;
    },
    Membership: ({ userId }) => this.#id('select id from membership where user_id = $1', userId),
    Notification: ({ userId }) => this.#message(userId),
    Payment: () => this.bills.payment(),
    Payout: () => this.bills.payout(),
    Refund: () => this.bills.refund(),
    Patient: (caller) => this.#record(caller),
    PatientImport: async ({ client }) => {
      this.#count += 1;
      const { importPatients } = await client.ask(
        'mutation ($csv: String!) { importPatients(input: { csv: $csv }) { importId } }',
        { csv: `first_name\nImported ${'x'.repeat(this.#count % 90)}${this.#count}` },
      );
      return importPatients.importId;
    },
    Prescription: () => this.visits.prescribed(),
    Service: () => Promise.resolve(this.#place.clinic.serviceId),
    Session: async ({ email }) => String(decodeJwt((await signIn(this.#server.url, email)).token ?? '')['sid']),
    TimeOff: () => takeOff(this.#place.clinic, this.#place.doctor.doctorId, `${2100 + (this.#count += 1)}-12-31`),
    User: ({ userId }) => Promise.resolve(userId),
    Visit: () => this.visits.waiting(),
    WaitlistEntry: () => this.waiting.wait(),
  };

  async #id(text: string, value: string): Promise<string> {
    const [row] = await query<{ id: string }>(this.#server.database.adminUrl, text, [value]);
    if (row === undefined) throw new Error(`Nothing was found by: ${text}`);
    return row.id;
  }

  /** Booked: what can be moved. */
  async booked(): Promise<string> {
    const { clinic, doctor, patient } = this.#place;
    const input = {
      patientId: patient.patientId,
      doctorId: doctor.doctorId,
      serviceId: clinic.serviceId,
      startsAt: this.freeTime(),
    };
    const { answer } = await clinic.owner.ask(appointmentMutations.book, { input });
    return answer.appointment.id;
  }

  /** Booked for a time that has passed since. */
  async missed(): Promise<string> {
    const hoursAgo = (this.#count += 1);
    const id = await this.booked();
    await query(
      this.#server.database.adminUrl,
      `update appointment set starts_at = at, ends_at = at + interval '30 minutes'
       from (select timestamptz '2030-03-01Z' - make_interval(hours => $2) as at) missed where id = $1`,
      [id, hoursAgo],
    );
    return id;
  }

  async #request(): Promise<string> {
    const { clinic, doctor, patient } = this.#place;
    const input = { doctorId: doctor.doctorId, serviceId: clinic.serviceId, startsAt: this.freeTime() };
    const { answer } = await patient.client.ask(appointmentMutations.request, { input });
    if (answer.appointment === null) throw new Error(JSON.stringify(answer.userErrors));
    return answer.appointment.id;
  }

  #file(userId: string): Promise<string> {
    const { clinic, patient } = this.#place;
    return aStoredFile(this.#server.database.adminUrl, clinic, { patient, by: { userId }, mark: 'Own' });
  }

  async #record({ role, client }: Person): Promise<string> {
    if (role === 'PATIENT') return this.#place.patient.patientId;
    this.#count += 1;
    const maker = role === 'DOCTOR' ? client : this.#place.clinic.owner;
    const { createPatient }: Json = await maker.ask(
      'mutation ($name: String!) { createPatient(input: { firstName: $name, sex: MALE }) { patient { id } } }',
      { name: `Own ${this.#count}` },
    );
    return createPatient.patient.id;
  }

  /** An unread message to this person, as later features will send them to staff. */
  #message(userId: string): Promise<string> {
    return this.#id(
      `insert into notification (id, clinic_id, cause_event_id, recipient_user_id, recipient_name, type, title, body, outside_body, created_at)
       select regexp_replace(gen_random_uuid()::text, '^(.{14}).{4}', '\\18a05')::uuid, clinic_id, gen_random_uuid(), $1, 'Own', type, 'Own', 'Own', 'Own', created_at
       from notification where clinic_id = '${this.#place.clinic.id}' limit 1 returning id`,
      userId,
    );
  }
}
