import { movableClock } from '../platform/clock.ts';
import { DomainError } from '../platform/errors.ts';
import { addDays, dayOf, instantAt } from '../platform/zone.ts';
import { Ctx, type Runtime } from '../access/ctx.ts';
import { addDoctorProfile, addTeamMember, registerClinic, registerPatient } from '../features/accounts/index.ts';
import {
  approveAppointment,
  bookAppointment,
  cancelAppointment,
  rejectAppointment,
  requestAppointment,
} from '../features/appointments/index.ts';
import { publicClinicBySlug, updateClinic } from '../features/clinics/index.ts';
import { markNotificationsRead } from '../features/notifications/index.ts';
import { createPatient } from '../features/patients/index.ts';
import { availableSlots, setSchedule } from '../features/schedules/index.ts';
import { createService, updateDoctor } from '../features/services/index.ts';
import { demo, type DemoAccount } from './demo-access.ts';
import {
  demoClinicFacts,
  demoDeclines,
  demoDoctors,
  demoHours,
  demoPatient,
  demoPatients,
  demoServices,
  isDemoChild,
} from './demo-people.ts';
import { runDue } from './due-running.service.ts';
import { noCaller } from './runtime.ts';

const timeZone = 'Asia/Manila';
const [firstDay, lastDay] = [-6, 14];

interface Cast {
  desk: Ctx;
  doctors: { id: string; ctx: Ctx }[];
  patientIds: string[];
  services: Map<string, string>;
  maria: Ctx;
}

type Roll = (sides: number) => number;

/** Always the same numbers, so that every demo looks alike. */
function dice(): Roll {
  let state = 20_260_302;
  return (sides) => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.floor((state / 4_294_967_296) * sides);
  };
}

/**
 * Fills the demo clinic with a lively day around today, through the same use cases as everybody else, on a clock that
 * starts a week ago. Does nothing when the clinic is there already.
 */
export async function seedDemo(real: Runtime): Promise<void> {
  const today = dayOf(real.clock.now(), timeZone);
  const clock = movableClock(instantAt(addDays(today, firstDay - 1), '08:00', timeZone));
  const runtime: Runtime = { ...real, clock };
  const visitor = new Ctx(runtime, noCaller, null);
  if ((await visitor.first(publicClinicBySlug(demo.clinicSlug))) !== null) return;
  const cast = await gather(runtime);
  const roll = dice();
  for (let offset = firstDay; offset <= lastDay; offset += 1) {
    await fillDay(cast, addDays(today, offset), offset, roll);
  }
  clock.set(real.clock.now());
  // What has begun today was seen to at the front desk, and by the doctor: unread is what comes from now on.
  await runDue(runtime, cast.desk.place);
  for (const ctx of [cast.desk, ...cast.doctors.map((doctor) => doctor.ctx)]) await markNotificationsRead(ctx, null);
  await askToday(cast, today, roll);
}

async function gather(runtime: Runtime): Promise<Cast> {
  const owner = new Ctx(runtime, noCaller, null);
  await openDemoClinic(owner);
  const services = new Map<string, string>();
  for (const service of demoServices) services.set(service.name, await createService(owner, service));
  const { desk, doctors } = await hireTeam(runtime, owner);
  for (const [index, { licenceNumber, services: offered }] of demoDoctors.entries()) {
    const serviceIds = offered.map((name) => services.get(name) ?? '');
    await updateDoctor(owner, doctors[index]?.id ?? '', { licenceNumber, serviceIds });
  }
  const patientIds = [];
  for (const patient of demoPatients) patientIds.push((await createPatient(desk, patient)).id);
  const maria = new Ctx(runtime, noCaller, null);
  await registerPatient(maria, { ...demoPatient, clinicSlug: demo.clinicSlug, password: demo.password });
  return { desk, doctors, patientIds, services, maria };
}

const accountOf = (role: DemoAccount['role']): DemoAccount => {
  const account = demo.accounts.find((each) => each.role === role);
  if (account === undefined) throw new Error(`The demo has no account for ${role}.`);
  return account;
};

async function openDemoClinic(owner: Ctx): Promise<void> {
  const { name, email } = accountOf('OWNER');
  await registerClinic(owner, {
    clinicName: 'Bayani Family Clinic',
    slug: demo.clinicSlug,
    timeZone,
    currency: 'PHP',
    locale: 'en-PH',
    ownerName: name,
    email,
    password: demo.password,
  });
  await updateClinic(owner, demoClinicFacts);
}

async function hireTeam(runtime: Runtime, owner: Ctx): Promise<Pick<Cast, 'desk' | 'doctors'>> {
  const hire = async (role: 'DOCTOR' | 'RECEPTIONIST' | 'NURSE', specialty: string | null = null) => {
    const { name, email } = accountOf(role);
    const member = await addTeamMember(owner, { name, email, password: demo.password, role, specialty });
    return new Ctx(runtime, noCaller, { ...owner.signedIn, ...member, name, role });
  };
  const [first, ...others] = demoDoctors;
  const doctor = await hire('DOCTOR', first?.specialty ?? null);
  const desk = await hire('RECEPTIONIST');
  await hire('NURSE');
  const doctors = [{ id: doctor.signedIn.doctorId ?? '', ctx: doctor }];
  for (const { name, specialty } of others) {
    doctors.push({ id: await addDoctorProfile(owner, name, specialty), ctx: owner });
  }
  for (const { id } of doctors) await setSchedule(owner, id, { doctorId: id, blocks: demoHours });
  return { desk, doctors };
}

/** Past days leave a few loose ends, today is busy, the days after fill up slowly. */
async function fillDay(cast: Cast, day: string, offset: number, roll: Roll): Promise<void> {
  for (const [index, doctor] of cast.doctors.entries()) {
    const wanted = offset < 0 ? 2 : offset === 0 ? 9 : Math.max(2, 7 - Math.floor(offset / 2));
    for (let count = 0; count < wanted; count += 1) {
      const slot = await pick(cast, index, day, roll);
      const isLooseEnd = offset === -1 && count === 0 && index < 2;
      const story = offset < 0 && !isLooseEnd ? closedStory : openStory;
      if (slot === null) continue;
      const wish = { ...slot, patientId: pickPatient(cast, index, roll) };
      await unlessTaken(() => story(cast, doctor.ctx, wish, roll));
    }
  }
}

/** Children see the paediatrician, the others the rest. */
function pickPatient({ patientIds }: Cast, doctorIndex: number, roll: Roll): string {
  const fitting = patientIds.filter(
    (_id, index) => isDemoChild(index) === (demoDoctors[doctorIndex]?.seesChildren ?? false),
  );
  return fitting[roll(fitting.length)] ?? '';
}

interface Wish {
  patientId: string | null;
  doctorId: string;
  serviceId: string;
  startsAt: Date;
  reason: string | null;
}

async function pick(cast: Cast, doctorIndex: number, day: string, roll: Roll): Promise<Omit<Wish, 'patientId'> | null> {
  const { services = [], reasons = [] } = demoDoctors[doctorIndex] ?? {};
  const doctorId = cast.doctors[doctorIndex]?.id ?? '';
  const serviceId = cast.services.get(services[roll(services.length)] ?? '') ?? '';
  const slots = await availableSlots(cast.desk, { serviceId, doctorId, from: day, to: day, first: 500 });
  const slot = slots[roll(slots.length)];
  if (slot === undefined) return null;
  return { doctorId, serviceId, startsAt: slot.startsAt, reason: reasons[roll(reasons.length)] ?? null };
}

/** Two orders for one person at one time is what the rules are for; the demo takes the next one. */
async function unlessTaken(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

async function closedStory({ desk }: Cast, doctor: Ctx, wish: Wish, roll: Roll): Promise<void> {
  const id = await requestAppointment(desk, wish);
  if (roll(2) === 0)
    await rejectAppointment(doctor, { id, version: null }, demoDeclines[roll(demoDeclines.length)] ?? '');
  else await cancelAppointment(desk, { id, version: null }, null);
}

async function openStory({ desk }: Cast, doctor: Ctx, wish: Wish, roll: Roll): Promise<void> {
  if (roll(6) > 0) {
    await bookAppointment(desk, { ...wish, patientId: wish.patientId ?? '' });
    return;
  }
  const id = await requestAppointment(desk, wish);
  if (roll(3) === 0) await approveAppointment(doctor, { id, version: null });
}

/** What the demo patient sees when she signs in: one confirmed, one waiting for an answer, one declined. */
async function askToday(cast: Cast, today: string, roll: Roll): Promise<void> {
  const ask = async (doctorIndex: number, offset: number): Promise<string | null> => {
    const wish = await pick(cast, doctorIndex, addDays(today, offset), roll);
    return wish === null ? null : requestAppointment(cast.maria, { ...wish, patientId: null });
  };
  const [doctor] = cast.doctors;
  const confirmed = await ask(0, 2);
  if (confirmed !== null && doctor) await approveAppointment(doctor.ctx, { id: confirmed, version: null });
  const declined = await ask(0, 3);
  if (declined !== null && doctor)
    await rejectAppointment(doctor.ctx, { id: declined, version: null }, demoDeclines[0] ?? '');
  await ask(1, 4);
}
