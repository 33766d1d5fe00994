import { randomBytes } from 'node:crypto';
import type { Role } from '../../src/access/roles.ts';
import { Ctx } from '../../src/access/ctx.ts';
import { noCaller } from '../../src/app/runtime.ts';
import { addTeamMember } from '../../src/features/accounts/index.ts';
import { TestClient } from './client.ts';
import type { TestServerHandle } from './server.ts';

/** What it takes to fill a clinic: an address, and the use cases behind it. */
type Server = Pick<TestServerHandle, 'url' | 'runtime'>;

export const password = 'correct horse battery';
const unique = () => randomBytes(4).toString('hex');

type StaffRole = Exclude<Role, 'PATIENT'>;

export interface TestMember {
  client: TestClient;
  userId: string;
  email: string;
  /** The doctor's profile, or the patient's record. */
  doctorId: string;
  patientId: string;
}

export interface TestClinic {
  id: string;
  slug: string;
  owner: TestClient;
  serviceId: string;
  /** A member of staff in this role, signed in; a doctor works every day 09:00 to 17:00 in half-hour slots. */
  hire(role: StaffRole, name?: string): Promise<TestMember>;
  /** A patient with an account of their own, signed in. */
  enrol(changes?: Record<string, unknown>): Promise<TestMember>;
  /** A record without an account. */
  aPatient(changes?: Record<string, unknown>): Promise<string>;
}

const week = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];
const wholeWeek = week.map((weekday) => ({ weekday, startsAt: '09:00', endsAt: '17:00', slotMinutes: 30 }));

/** Registers a clinic through the API, with one service of 30 minutes. */
export async function aClinic(server: Server, changes: Record<string, unknown> = {}): Promise<TestClinic> {
  const anyone = new TestClient(server.url);
  const slug = `clinic-${unique()}`;
  const { registerClinic } = await anyone.ask(
    `mutation ($input: RegisterClinicInput!) {
      registerClinic(input: $input) { accessToken viewer { clinic { id } } userErrors { code message field } }
    }`,
    {
      input: {
        clinicName: 'Test Clinic',
        slug,
        timeZone: 'Asia/Manila',
        currency: 'PHP',
        ownerName: 'Olive Owner',
        email: `owner-${unique()}@example.org`,
        password,
        ...changes,
      },
    },
  );
  if (registerClinic.accessToken === null) throw new Error(JSON.stringify(registerClinic.userErrors));
  const id: string = registerClinic.viewer.clinic.id;
  const owner = new TestClient(server.url, registerClinic.accessToken);
  const { createService } = await owner.ask(
    'mutation { createService(input: { name: "Consultation", durationMinutes: 30, price: "600" }) { service { id } } }',
  );
  const slugOf = typeof changes['slug'] === 'string' ? changes['slug'] : slug;
  return {
    id,
    slug: slugOf,
    owner,
    serviceId: createService.service.id,
    hire: (role, name = `${role} ${unique()}`) => hire(server, { id, owner }, role, name),
    enrol: (person = {}) => enrol(anyone, slugOf, person),
    async aPatient(person = {}) {
      const { createPatient } = await owner.ask(
        'mutation ($input: CreatePatientInput!) { createPatient(input: $input) { patient { id } } }',
        { input: { firstName: `Pat ${unique()}`, sex: 'FEMALE', ...person } },
      );
      return createPatient.patient.id;
    },
  };
}

async function hire(
  server: Server,
  { id: clinicId, owner }: { id: string; owner: TestClient },
  role: StaffRole,
  name: string,
): Promise<TestMember> {
  const email = `${role.toLowerCase()}-${unique()}@example.org`;
  const system = new Ctx(server.runtime, noCaller, null).asSystem({ clinicId, clockOffsetMs: 0 });
  const { userId, doctorId } = await addTeamMember(system, { name, email, password, role, specialty: null });
  if (doctorId !== null) {
    await owner.ask('mutation ($input: SetScheduleInput!) { setSchedule(input: $input) { userErrors { message } } }', {
      input: { doctorId, blocks: wholeWeek },
    });
  }
  return { client: await signIn(server.url, email), userId, email, doctorId: doctorId ?? '', patientId: '' };
}

async function enrol(anyone: TestClient, clinicSlug: string, person: Record<string, unknown>): Promise<TestMember> {
  const email = `patient-${unique()}@example.org`;
  const { registerPatient } = await anyone.ask(
    `mutation ($input: RegisterPatientInput!) {
      registerPatient(input: $input) { accessToken viewer { user { id } patient { id } } userErrors { code message field } }
    }`,
    { input: { clinicSlug, firstName: 'Maria', lastName: `Santos ${unique()}`, email, password, ...person } },
  );
  if (registerPatient.accessToken === null) throw new Error(JSON.stringify(registerPatient.userErrors));
  return {
    client: new TestClient(anyone.url, registerPatient.accessToken),
    userId: registerPatient.viewer.user.id,
    email,
    doctorId: '',
    patientId: registerPatient.viewer.patient.id,
  };
}

export async function signIn(url: string, email: string): Promise<TestClient> {
  const { signIn: answer } = await new TestClient(url).ask(
    'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken userErrors { code } } }',
    { input: { email, password } },
  );
  return new TestClient(url, answer.accessToken);
}

/** Takes a doctor out of the calendar for a day; returns the time off's id. */
export async function takeOff(clinic: TestClinic, doctorId: string, day: string, reason?: string): Promise<string> {
  const { addTimeOff } = await clinic.owner.ask(
    'mutation ($input: AddTimeOffInput!) { addTimeOff(input: $input) { timeOff { id } } }',
    { input: { doctorId, startsAt: `${day}T00:00:00Z`, endsAt: `${day}T23:00:00Z`, reason } },
  );
  return addTimeOff.timeOff.id;
}

export const appointmentFields = `id status startsAt endsAt note version allowedActions overdue archived
  timeline { type actorName fromStatus toStatus previousStartsAt note }`;

const payload = `{ appointment { ${appointmentFields} } alternativeSlots { doctorId startsAt endsAt } userErrors { code message field } }`;

/** The mutations on appointments, each with everything a test may want to look at. */
export const appointmentMutations = {
  request: `mutation ($input: RequestAppointmentInput!) { answer: requestAppointment(input: $input) ${payload} }`,
  book: `mutation ($input: BookAppointmentInput!) { answer: bookAppointment(input: $input) ${payload} }`,
  approve: `mutation ($input: AppointmentActionInput!) { answer: approveAppointment(input: $input) ${payload} }`,
  reject: `mutation ($input: RejectAppointmentInput!) { answer: rejectAppointment(input: $input) ${payload} }`,
  reschedule: `mutation ($input: RescheduleAppointmentInput!) { answer: rescheduleAppointment(input: $input) ${payload} }`,
  noShow: `mutation ($input: AppointmentActionInput!) { answer: markNoShow(input: $input) ${payload} }`,
  cancel: `mutation ($input: CancelAppointmentInput!) { answer: cancelAppointment(input: $input) ${payload} }`,
};
