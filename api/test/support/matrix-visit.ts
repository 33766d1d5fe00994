import { receiptToken } from '../../src/features/billing/index.ts';
import { aLivelyBill, payOut } from './bills.ts';
import type { TestClinic, TestMember } from './clinic.ts';
import type { TestServerHandle } from './server.ts';
import { aVisit, prescribe, step, visitOperations } from './visits.ts';

/** A visit with all that is written in one, and arguments that name it and change nothing. */
export async function filledVisit(
  clinic: TestClinic,
  {
    doctor,
    patient,
    appointmentId,
    server,
  }: { doctor: TestMember; patient: TestMember; appointmentId: string; server: TestServerHandle },
): Promise<Record<string, string>> {
  const parties = { doctorId: doctor.doctorId, patientId: patient.patientId };
  const visitId = await aVisit(clinic, { client: clinic.owner }, parties);
  await step(doctor, visitOperations.start, { id: visitId });
  await step(doctor, visitOperations.vitals, { input: { visitId, pulse: 72 } });
  await step(doctor, visitOperations.write, { input: { visitId, eyeExam: { right: {}, left: {} } } });
  const { visit } = await step(doctor, visitOperations.complete, { input: { visitId, version: 1 } });
  await payOut(server.database.adminUrl, doctor.doctorId, 'x');
  const bill = await aLivelyBill(clinic, visit.appointment.id);
  await step(doctor, visitOperations.add, { id: visitId, text: 'x' });
  const prescriptionId = await prescribe(doctor, visitId, 'x');
  // Somebody still waits: the waiting room's screen shows nobody who was seen.
  await aVisit(clinic, { client: clinic.owner }, { doctorId: doctor.doctorId });
  const { openWaitingBoard }: { openWaitingBoard: string } = await clinic.owner.ask('mutation { openWaitingBoard }');
  const ofVisit = `(visitId: "${visitId}")`;
  const intoVisit = `(input: { visitId: "${visitId}" })`;
  const stale = `(input: { appointmentId: "${appointmentId}", version: 99 })`;
  const noPayment = '01900000-0000-8a0b-8000-000000000001';
  return {
    'Query.earnings': `(doctorId: "${doctor.doctorId}", from: "2030-03-01", to: "2030-03-31")`,
    'Mutation.recordPayout': `(input: { doctorId: "${doctor.doctorId}", amount: "0" })`,
    'Query.receiptCheck': `(token: "${receiptToken(server.runtime.secrets, clinic.id, bill.id)}")`,
    'Query.bill': `(id: "${bill.id}")`,
    'Mutation.createBill': `(input: { appointmentId: "${appointmentId}" })`,
    'Mutation.updateBill': `(input: { billId: "${bill.id}", version: 99 })`,
    'Mutation.voidBill': `(id: "${bill.id}", reason: "")`,
    'Mutation.createCheckout': `(billId: "${bill.id}")`,
    'Mutation.recordPayment': `(input: { billId: "${bill.id}", method: ONLINE })`,
    'Mutation.refundPayment': `(input: { paymentId: "${noPayment}", reason: "" })`,
    'Mutation.markTreated': stale,
    'Query.waitingBoard': `(token: "${new URL(openWaitingBoard).hash.slice(1)}")`,
    'Query.visit': `(id: "${visitId}")`,
    'Query.followUpsDue': '(from: "2030-03-01", to: "2030-03-31")',
    'Mutation.checkIn': stale,
    'Mutation.undoCheckIn': stale,
    'Mutation.checkInWalkIn': `(input: { patientId: "${patient.patientId}", doctorId: "${doctor.doctorId}", serviceId: "01900000-0000-8a04-8000-000000000001" })`,
    'Mutation.callPatient': ofVisit,
    'Mutation.startConsultation': ofVisit,
    'Mutation.returnToQueue': ofVisit,
    'Mutation.markLeft': ofVisit,
    'Mutation.reassignVisit': intoVisit,
    'Mutation.recordVitals': intoVisit,
    'Mutation.recordConsultation': intoVisit,
    'Mutation.completeConsultation': intoVisit,
    'Mutation.createPrescription': `(input: { visitId: "${visitId}", items: [] })`,
    'Mutation.voidPrescription': `(id: "${prescriptionId}", reason: "")`,
    'Mutation.addAddendum': `(visitId: "${visitId}", text: "")`,
  };
}
