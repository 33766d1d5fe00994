import { movableClock } from '../platform/clock.ts';
import { DomainError } from '../platform/errors.ts';
import { addDays, dayOf, instantAt } from '../platform/zone.ts';
import { Ctx, type Runtime } from '../access/ctx.ts';
import type { Viewer } from '../access/viewer.ts';
import { addDoctorProfile, addTeamMember, registerClinic, registerPatient } from '../features/accounts/index.ts';
import {
  approveAppointment,
  bookAppointment,
  cancelAppointment,
  rejectAppointment,
  requestAppointment,
} from '../features/appointments/index.ts';
import { publicClinicBySlug } from '../features/clinics/index.ts';
import { markNotificationsRead } from '../features/notifications/index.ts';
import { createPatient } from '../features/patients/index.ts';
import { availableSlots, setSchedule } from '../features/schedules/index.ts';
import { createService } from '../features/services/index.ts';
import { demo } from './demo-access.ts';
import { demoDeclines, demoDoctors, demoHours, demoPatients, demoReasons, demoServices } from './demo-people.ts';
import { noCaller } from './runtime.ts';

const timeZone = 'Asia/Manila';
const [firstDay, lastDay] = [-6, 14];

interface Cast {
  desk: Ctx;
  doctors: { id: string; ctx: Ctx }[];
  patientIds: string[];
  serviceIds: string[];
  maria: Ctx;
}

/** Always the same numbers, so that every demo looks alike. */
function dice(): (sides: number) => number {
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
  for (const { ctx } of cast.doctors) if (ctx.signedIn.role === 'DOCTOR') await markNotificationsRead(ctx, null);
  clock.set(real.clock.now());
  await askToday(cast, today, roll);
}

async function gather(runtime: Runtime): Promise<Cast> {
  const { password } = demo;
  const owner = new Ctx(runtime, noCaller, null);
  const [, doctorAccount, deskAccount, nurseAccount, ownerAccount] = demo.accounts;
  if (!doctorAccount || !deskAccount || !nurseAccount || !ownerAccount) throw new Error('The demo lacks an account.');
  await registerClinic(owner, {
    clinicName: 'Bayani Family Clinic',
    slug: demo.clinicSlug,
    timeZone,
    currency: 'PHP',
    locale: 'en-PH',
    ownerName: ownerAccount.name,
    email: ownerAccount.email,
    password,
  });
  const serviceIds = [];
  for (const service of demoServices) serviceIds.push(await createService(owner, service));

  const [firstDoctor, ...others] = demoDoctors;
  const team = { password, specialty: null };
  const doctorMember = await addTeamMember(owner, {
    ...team,
    ...doctorAccount,
    role: 'DOCTOR',
    specialty: firstDoctor?.specialty ?? null,
  });
  const deskMember = await addTeamMember(owner, { ...team, ...deskAccount, role: 'RECEPTIONIST' });
  await addTeamMember(owner, { ...team, ...nurseAccount, role: 'NURSE' });
  const doctorIds = [doctorMember.doctorId ?? ''];
  for (const { name, specialty } of others) doctorIds.push(await addDoctorProfile(owner, name, specialty));
  for (const id of doctorIds) await setSchedule(owner, id, { doctorId: id, blocks: demoHours });

  const as = (role: Viewer['role'], name: string, userId: string, doctorId: string | null) =>
    new Ctx(runtime, noCaller, { ...owner.signedIn, role, name, userId, doctorId });
  const desk = as('RECEPTIONIST', deskAccount.name, deskMember.userId, null);
  const doctors = doctorIds.map((id, index) => ({
    id,
    ctx: index === 0 ? as('DOCTOR', doctorAccount.name, doctorMember.userId, id) : owner,
  }));
  const patientIds = [];
  for (const patient of demoPatients) patientIds.push((await createPatient(desk, patient)).id);
  const maria = new Ctx(runtime, noCaller, null);
  await registerPatient(maria, {
    clinicSlug: demo.clinicSlug,
    firstName: 'Maria',
    lastName: 'Santos',
    birthDate: '1988-06-14',
    sex: 'FEMALE',
    phone: '+639171234567',
    email: 'patient@demo.clinic',
    password,
    smsConsent: true,
  });
  return { desk, doctors, patientIds, serviceIds, maria };
}

/** Past days leave a few loose ends, today is busy, the days after fill up slowly. */
async function fillDay(cast: Cast, day: string, offset: number, roll: (sides: number) => number): Promise<void> {
  for (const [index, doctor] of cast.doctors.entries()) {
    const wanted = offset < 0 ? 2 : offset === 0 ? 9 : Math.max(2, 7 - Math.floor(offset / 2));
    for (let count = 0; count < wanted; count += 1) {
      const patientId = cast.patientIds[roll(cast.patientIds.length)] ?? '';
      const wish = await pick(cast, doctor.id, day, roll);
      if (wish === null) continue;
      const isLooseEnd = offset === -1 && count === 0 && index < 2;
      await unlessTaken(() =>
        offset < 0 && !isLooseEnd
          ? closedStory(cast, doctor.ctx, { ...wish, patientId }, roll)
          : openStory(cast, doctor.ctx, { ...wish, patientId }, roll),
      );
    }
  }
}

interface Wish {
  patientId: string | null;
  doctorId: string;
  serviceId: string;
  startsAt: Date;
  reason: string | null;
}

async function pick(
  cast: Cast,
  doctorId: string,
  day: string,
  roll: (sides: number) => number,
): Promise<Omit<Wish, 'patientId'> | null> {
  const serviceId = cast.serviceIds[roll(cast.serviceIds.length)] ?? '';
  const slots = await availableSlots(cast.desk, { serviceId, doctorId, from: day, to: day, first: 500 });
  const slot = slots[roll(slots.length)];
  if (slot === undefined) return null;
  return { doctorId, serviceId, startsAt: slot.startsAt, reason: demoReasons[roll(demoReasons.length)] ?? null };
}

/** Two orders for one person at one time is what the rules are for; the demo takes the next one. */
async function unlessTaken(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

async function closedStory({ desk }: Cast, doctor: Ctx, wish: Wish, roll: (sides: number) => number): Promise<void> {
  const id = await requestAppointment(desk, wish);
  if (roll(2) === 0)
    await rejectAppointment(doctor, { id, version: null }, demoDeclines[roll(demoDeclines.length)] ?? '');
  else await cancelAppointment(desk, { id, version: null }, null);
}

async function openStory({ desk }: Cast, doctor: Ctx, wish: Wish, roll: (sides: number) => number): Promise<void> {
  if (roll(6) > 0) {
    await bookAppointment(desk, { ...wish, patientId: wish.patientId ?? '' });
    return;
  }
  const id = await requestAppointment(desk, wish);
  if (roll(3) === 0) await approveAppointment(doctor, { id, version: null });
}

/** What the demo patient sees when she signs in: one confirmed, one waiting for an answer, one declined. */
async function askToday(cast: Cast, today: string, roll: (sides: number) => number): Promise<void> {
  const [doctor, second] = cast.doctors;
  if (doctor === undefined || second === undefined) return;
  const ask = async (doctorId: string, offset: number): Promise<string | null> => {
    const wish = await pick(cast, doctorId, addDays(today, offset), roll);
    return wish === null ? null : requestAppointment(cast.maria, { ...wish, patientId: null });
  };
  const confirmed = await ask(doctor.id, 2);
  if (confirmed !== null) await approveAppointment(doctor.ctx, { id: confirmed, version: null });
  const declined = await ask(doctor.id, 3);
  if (declined !== null) await rejectAppointment(doctor.ctx, { id: declined, version: null }, demoDeclines[0] ?? '');
  await ask(second.id, 4);
}
