import { addDays, instantAt, weekdayOf, type Weekday } from '../../platform/zone.ts';
import { demoDeclines, demoDoctors, demoServices, firstNames, lastNames } from '../demo-people.ts';

export const sandboxZone = 'Asia/Manila';

/** A Monday: every sandbox begins on this day, at eight in the morning of its own zone. */
const firstDay = '2026-03-02';
export const sandboxStart = instantAt(firstDay, '08:00', sandboxZone);

const minuteMs = 60_000;
const patientCount = 120;
const daysEitherWay = 14;
const fewestDoctors = 3;

const moreDoctors = [
  { name: 'Dr. Priya Nair', specialty: 'General medicine', services: ['Consultation', 'Follow-up'], like: 1 },
  { name: 'Dr. Mateo Rojas', specialty: 'Dermatology', services: ['Consultation', 'Follow-up'], like: 1 },
];

export const sandboxTeam = [
  { role: 'ADMIN', name: 'Carmela Aquino' },
  { role: 'NURSE', name: 'Rico Bautista' },
  { role: 'RECEPTIONIST', name: 'Liza Ramos' },
] as const;

const weekdays: readonly Weekday[] = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'];

/** Every day but Sunday, with a break at noon. */
export const sandboxHours = weekdays.flatMap((weekday) => [
  { weekday, startsAt: '08:00', endsAt: '12:00', slotMinutes: 15 },
  { weekday, startsAt: '13:00', endsAt: '17:00', slotMinutes: 15 },
]);

/** The minutes of a working day, counted from midnight. */
const stretches = [
  { from: 8 * 60, to: 12 * 60 },
  { from: 13 * 60, to: 17 * 60 },
];

export interface PlannedPatient {
  firstName: string;
  lastName: string;
  sex: 'MALE' | 'FEMALE';
  birthDate: string;
  phone: string;
  email: string | null;
  emailConsent: boolean;
  createdAt: Date;
}

export type PlannedStatus = 'REQUESTED' | 'APPROVED' | 'REJECTED' | 'CANCELLED' | 'NO_SHOW' | 'TREATED';

export interface PlannedAppointment {
  /** Places in the plan's own lists. */
  doctor: number;
  patient: number;
  service: number;
  startsAt: Date;
  endsAt: Date;
  status: PlannedStatus;
  source: 'PATIENT' | 'STAFF';
  reason: string | null;
  note: string | null;
  createdAt: Date;
  decidedAt: Date;
}

export interface PlannedWait {
  patient: number;
  doctor: number | null;
  service: number;
  earliest: string;
  latest: string;
  since: Date;
}

export interface SandboxPlan {
  doctors: { name: string; specialty: string; licenceNumber: string; services: number[] }[];
  services: typeof demoServices;
  patients: PlannedPatient[];
  appointments: PlannedAppointment[];
  waits: PlannedWait[];
}

type Roll = (sides: number) => number;

/** The same numbers for the same seed, on every machine. */
function diceOf(seed: number): Roll {
  let state = seed >>> 0;
  return (sides) => {
    // Mulberry32: small, and good enough for making up a clinic.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * sides);
  };
}

/**
 * Makes up a clinic: two weeks behind it and two before it. The same seed gives the same clinic, to the minute; the number
 * of doctors goes with the seed, three to five.
 */
export function planSandbox(seed: number): SandboxPlan {
  const roll = diceOf(seed);
  const services = demoServices;
  const placeOf = (names: readonly string[]) =>
    names.map((name) => services.findIndex((service) => service.name === name));
  const count = fewestDoctors + ((((seed - 1) % 3) + 3) % 3);
  const doctors = [...demoDoctors, ...moreDoctors].slice(0, count).map((doctor, index) => ({
    name: doctor.name,
    specialty: doctor.specialty,
    licenceNumber: `PRC ${String(90_000 + roll(9_000)).padStart(7, '0')}-${index + 1}`,
    services: placeOf(doctor.services),
  }));
  const patients = planPatients(roll);
  const appointments = planAppointments(roll, doctors, services);
  return { doctors, services, patients, appointments, waits: planWaits(roll, doctors) };
}

const dayBefore = (days: number): Date => new Date(sandboxStart.getTime() - days * 24 * 60 * minuteMs);

function planPatients(roll: Roll): PlannedPatient[] {
  const [start, step] = [roll(firstNames.length), 1 + 2 * roll(4)];
  return Array.from({ length: patientCount }, (_none, index) => ({
    firstName: firstNames[(start + index) % firstNames.length] ?? '',
    // Once round the first names the last names move on by one: no name comes twice.
    lastName: lastNames[(index * step + Math.floor(index / firstNames.length)) % lastNames.length] ?? '',
    sex: index % 2 === 0 ? ('MALE' as const) : ('FEMALE' as const),
    birthDate: `${1942 + roll(76)}-${String(1 + roll(12)).padStart(2, '0')}-${String(1 + roll(28)).padStart(2, '0')}`,
    phone: `+63917${String(1_000_000 + roll(9_000_000))}`,
    email: roll(3) === 0 ? null : `patient${index}@example.org`,
    emailConsent: roll(3) > 0,
    createdAt: dayBefore(20 + roll(300)),
  }));
}

function planAppointments(
  roll: Roll,
  doctors: SandboxPlan['doctors'],
  services: SandboxPlan['services'],
): PlannedAppointment[] {
  const planned: PlannedAppointment[] = [];
  for (let offset = -daysEitherWay; offset <= daysEitherWay; offset += 1) {
    const day = addDays(firstDay, offset);
    if (weekdayOf(day) === 'SUNDAY') continue;
    const seen = new Set<number>();
    for (const [doctor, { services: offered }] of doctors.entries())
      planned.push(...dayOfDoctor(roll, { day, offset, doctor, offered, services, seen }));
  }
  return planned;
}

interface DayPlan {
  day: string;
  offset: number;
  doctor: number;
  offered: readonly number[];
  services: SandboxPlan['services'];
  /** Who comes on this day already: nobody is in two places. */
  seen: Set<number>;
}

/** Busy days behind, a full one today, and days that empty out ahead; each appointment on the doctor's grid of 15 minutes. */
function dayOfDoctor(roll: Roll, { day, offset, doctor, offered, services, seen }: DayPlan): PlannedAppointment[] {
  const planned: PlannedAppointment[] = [];
  const longestGap = offset <= 0 ? 4 : 3 + Math.ceil(offset / 2);
  for (const { from, to } of stretches) {
    for (let minute = from + 15 * roll(longestGap); ; minute += 15 * roll(longestGap)) {
      const service = offered[roll(offered.length)] ?? 0;
      const { durationMinutes = 15 } = services[service] ?? {};
      if (minute + durationMinutes > to) break;
      let patient = roll(patientCount);
      while (seen.has(patient)) patient = (patient + 1) % patientCount;
      seen.add(patient);
      const startsAt = new Date(instantAt(day, '00:00', sandboxZone).getTime() + minute * minuteMs);
      const endsAt = new Date(startsAt.getTime() + durationMinutes * minuteMs);
      planned.push({
        doctor,
        patient,
        service,
        startsAt,
        endsAt,
        ...story(roll, startsAt, offset),
        ...words(roll, doctor),
      });
      minute += durationMinutes;
    }
  }
  return planned.map((each) => (each.status === 'REJECTED' ? { ...each, note: demoDeclines[roll(3)] ?? null } : each));
}

const words = (roll: Roll, doctor: number) => {
  const { reasons } = demoDoctors[doctor] ?? demoDoctors[1] ?? { reasons: [null] };
  return { reason: reasons[roll(reasons.length)] ?? null, note: null };
};

/** How an appointment came about and what became of it by the sandbox's first morning. */
function story(
  roll: Roll,
  startsAt: Date,
  offset: number,
): Pick<PlannedAppointment, 'status' | 'source' | 'createdAt' | 'decidedAt'> {
  const fate = roll(20);
  const source = roll(3) === 0 ? 'PATIENT' : 'STAFF';
  const createdAt = new Date(
    Math.min(startsAt.getTime() - 60 * minuteMs, dayBefore(1).getTime()) - roll(5 * 24 * 60) * minuteMs,
  );
  const answeredAt = new Date(createdAt.getTime() + (5 + roll(50)) * minuteMs);
  if (offset >= 0) {
    const isOpen = source === 'PATIENT' && offset > 0 && fate < 6;
    return { status: isOpen ? 'REQUESTED' : 'APPROVED', source, createdAt, decidedAt: isOpen ? createdAt : answeredAt };
  }
  if (fate === 0) return { status: 'REJECTED', source: 'PATIENT', createdAt, decidedAt: answeredAt };
  if (fate < 3) return { status: 'CANCELLED', source, createdAt, decidedAt: answeredAt };
  const missedAt = new Date(startsAt.getTime() + 30 * minuteMs);
  if (fate === 3) return { status: 'NO_SHOW', source, createdAt, decidedAt: missedAt };
  return { status: 'TREATED', source, createdAt, decidedAt: missedAt };
}

/** Some who would come earlier if something opened. */
function planWaits(roll: Roll, doctors: SandboxPlan['doctors']): PlannedWait[] {
  const start = roll(patientCount);
  return Array.from({ length: 8 }, (_none, index) => {
    const named = roll(doctors.length);
    const offered = doctors[named]?.services ?? [];
    const earliest = addDays(firstDay, roll(3));
    return {
      patient: (start + index * 7) % patientCount,
      doctor: roll(3) === 0 ? null : named,
      service: offered[roll(offered.length)] ?? 0,
      earliest,
      latest: addDays(earliest, 3 + roll(9)),
      since: new Date(dayBefore(1).getTime() - (8 - index) * 97 * minuteMs),
    };
  });
}
