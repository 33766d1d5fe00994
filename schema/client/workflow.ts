import { accepted, Clinigraph, ClinigraphError, RefusedError } from './index.ts';

// One visit from the request to the treatment's end, as three people of the demo clinic. Start it with `npm start`, then run
//   node --import tsx schema/client/workflow.ts
// The patient asks for a time, the doctor approves, the front desk checks in and sends in, the doctor prescribes and
// completes, the front desk bills and takes the money, the doctor closes the treatment.

const url = process.env['CLINIGRAPH_URL'] ?? 'http://localhost:4000/graphql';
const password = process.env['CLINIGRAPH_PASSWORD'] ?? 'demo-clinic-2026';
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function signedIn(email: string) {
  const client = new Clinigraph({ url });
  const { viewer } = await client.signIn({ email, password });
  if (viewer == null) throw new Error('Two-factor sign-in is on: give a totpCode.');
  return { run: client.run, viewer, signOut: () => client.signOut() };
}

type Person = Awaited<ReturnType<typeof signedIn>>;

async function walk(): Promise<void> {
  const patient = await signedIn('patient@demo.clinic');
  const doctor = await signedIn('doctor@demo.clinic');
  const desk = await signedIn('reception@demo.clinic');

  const { visitId, appointmentId } = await arrive({ patient, doctor, desk });
  const { visit: started } = accepted(await desk.run.startConsultation({ visitId }));
  say(`${started?.status}: the patient is with the doctor.`);

  await prescribe(doctor, visitId);
  const { visit: seen } = accepted(await doctor.run.completeConsultation({ input: { visitId, notes: 'Rest.' } }));
  say(`${seen?.status}: the notes are locked.`);

  const { bill } = accepted(await desk.run.createBill({ input: { appointmentId, amount: '750' } }));
  if (bill == null) throw new Error('There is no bill.');
  say(`Bill ${bill.number}: ${bill.total.amount} ${bill.total.currency} to pay, ${bill.status}.`);
  const { bill: settled } = accepted(await desk.run.recordPayment({ input: { billId: bill.id, method: 'CASH' } }));
  say(`Bill ${bill.number}: ${settled?.status}, ${settled?.balance.amount} left.`);

  // The state of the treatment follows the clinic's policy: after payment by the doctor's hand, or on completion by itself.
  if (seen?.appointment.status === 'CHECKED_IN') accepted(await doctor.run.markTreated({ input: { appointmentId } }));
  const treated = await patient.run.appointment({ id: appointmentId });
  say(`${treated?.status}: ${treated?.timeline.map(({ type }) => type).join(' → ')}`);
  await Promise.all([patient, doctor, desk].map((person) => person.signOut()));
}

/** By appointment where there is a time left today, else as somebody who walks in. */
async function arrive({ patient, doctor, desk }: Record<'patient' | 'doctor' | 'desk', Person>) {
  const doctorId = doctor.viewer.doctor?.id ?? '';
  const patientId = patient.viewer.patient?.id ?? '';
  const doctors = await patient.run.doctors();
  const serviceId = doctors.find(({ id }) => id === doctorId)?.services[0]?.id ?? '';
  const appointmentId = await requestToday(patient, { doctorId, serviceId });
  if (appointmentId === null) {
    const input = { patientId, doctorId, serviceId };
    const { visit } = accepted(await desk.run.checkInWalkIn({ input }));
    say(`${visit?.status}: a walk-in, number ${visit?.queueNumber} today.`);
    return { visitId: visit?.id ?? '', appointmentId: visit?.appointment.id ?? '' };
  }
  const { appointment } = accepted(await doctor.run.approveAppointment({ input: { appointmentId } }));
  say(`${appointment?.status} by the doctor for ${appointment?.startsAt}.`);
  const { visit } = accepted(await desk.run.checkIn({ input: { appointmentId } }));
  say(`${visit?.status}: checked in, number ${visit?.queueNumber} today, place ${visit?.queuePosition}.`);
  return { visitId: visit?.id ?? '', appointmentId };
}

async function requestToday(patient: Person, { doctorId, serviceId }: { doctorId: string; serviceId: string }) {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: patient.viewer.clinic.timeZone }).format();
  for (const { startsAt } of await patient.run.availableSlots({ doctorId, serviceId, from: today, to: today })) {
    try {
      const input = { doctorId, serviceId, startsAt, reason: 'A cough' };
      const { appointment } = accepted(await patient.run.requestAppointment({ input }));
      say(`${appointment?.status} by the patient for ${startsAt}.`);
      return appointment?.id ?? null;
    } catch (error) {
      // Somebody was quicker, or the patient has something else then: the next one.
      if (!(error instanceof RefusedError)) throw error;
    }
  }
  return null;
}

async function prescribe(doctor: Person, visitId: string): Promise<void> {
  const items = [{ medication: 'Salbutamol', dosage: '2 mg', frequency: '3 × daily', durationDays: 5 }];
  const answer = await doctor.run.createPrescription({ input: { visitId, items } });
  for (const warning of answer.warnings) say(`Warned: ${warning}`);
  // The doctor has read the warnings, and signs all the same; they stay on record.
  const signed =
    answer.warnings.length === 0
      ? answer
      : await doctor.run.createPrescription({ input: { visitId, items, overrideWarnings: true } });
  say(
    `Prescribed: ${accepted(signed)
      .prescription?.items.map(({ medication }) => medication)
      .join(', ')}.`,
  );
}

walk().catch((error: unknown) => {
  if (error instanceof ClinigraphError) say(`${error.code}: ${error.message} (request ${error.requestId})`);
  else say(String(error));
  process.exitCode = 1;
});
