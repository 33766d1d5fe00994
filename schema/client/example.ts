import { createClient } from 'graphql-ws';
import { accepted, Clinigraph, ClinigraphError, RefusedError } from './index.ts';

// A walk through the demo clinic: start it with `npm start`, then run
//   node --import tsx schema/client/example.ts
// The doctor lists today's appointments and watches; the patient asks for a time; the doctor sees it come, and approves.

const url = process.env['CLINIGRAPH_URL'] ?? 'http://localhost:4000/graphql';
const password = process.env['CLINIGRAPH_PASSWORD'] ?? 'demo-clinic-2026';
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** The day that it is now in a time zone, from its first moment to its last. */
function today(timeZone: string): { from: string; to: string } {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone }).format();
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts();
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', '') || 'Z';
  return { from: `${day}T00:00:00${offset}`, to: `${day}T23:59:59${offset}` };
}

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function walk(): Promise<void> {
  const doctor = new Clinigraph({ url, createLiveClient: createClient });
  const { viewer } = await doctor.signIn({ email: 'doctor@demo.clinic', password });
  if (viewer?.doctor == null) throw new Error('Two-factor sign-in is on: give a totpCode.');
  say(`Signed in as ${viewer.user?.name}, ${viewer.role} at ${viewer.clinic.name}.`);

  const { totalCount, nodes } = await doctor.run.appointments({ filter: today(viewer.clinic.timeZone), first: 5 });
  say(`Today there are ${totalCount} appointments.`);
  for (const { startsAt, status, patient } of nodes) say(`  ${startsAt}  ${status}  ${patient.name}`);

  const enough = new AbortController();
  const seen = watch(doctor, enough);
  // Nobody says when a live operation has begun. Programs that must miss nothing keep the cursor of their last update.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const patient = new Clinigraph({ url });
  await patient.signIn({ email: 'patient@demo.clinic', password });
  await request(patient, viewer.doctor.id);
  await seen;
  await Promise.all([doctor.signOut(), patient.signOut()]);
}

/** The doctor's screen: approves the first request that comes, and is told of that as well. */
async function watch(doctor: Clinigraph, enough: AbortController): Promise<void> {
  for await (const { type, appointment, resync } of doctor.run.appointmentChanged({}, { signal: enough.signal })) {
    if (resync || appointment === null) continue;
    say(`Live: ${type} by ${appointment.patient.name} for ${appointment.startsAt}, now ${appointment.status}.`);
    if (type === 'REQUESTED') {
      const { id: appointmentId, version } = appointment;
      accepted(await doctor.run.approveAppointment({ input: { appointmentId, version } }));
    }
    if (type === 'APPROVED') enough.abort();
  }
}

async function request(patient: Clinigraph, doctorId: string): Promise<void> {
  const doctors = await patient.run.doctors();
  const serviceId = doctors.find(({ id }) => id === doctorId)?.services[0]?.id ?? '';
  const slots = await patient.run.availableSlots({ doctorId, serviceId, from: inDays(2), to: inDays(14), first: 20 });
  for (const { startsAt } of slots) {
    try {
      // Your own key makes the request safe to send again, even by another run of your program.
      const idempotencyKey = `example-${doctorId}-${startsAt}-${Date.now()}`;
      accepted(await patient.run.requestAppointment({ input: { doctorId, serviceId, startsAt } }, { idempotencyKey }));
      return say(`Asked for ${startsAt}.`);
    } catch (error) {
      // Somebody was quicker, or the patient has something else then: the next one.
      if (!(error instanceof RefusedError)) throw error;
      say(`Refused ${startsAt}: ${error.message}`);
    }
  }
  throw new Error('There is no free time in the next two weeks.');
}

walk().catch((error: unknown) => {
  if (error instanceof ClinigraphError) say(`${error.code}: ${error.message} (request ${error.requestId})`);
  else say(String(error));
  process.exitCode = 1;
});
