import { appointmentMutations, type TestClinic, type TestMember } from './clinic.ts';
import type { Json } from './client.ts';

const shown = `{ id status queueNumber priority queuePosition estimatedWaitMinutes allowedActions followUpOn version
  doctor { id } appointment { id status version } }`;
const payload = `{ visit ${shown} userErrors { code message field } }`;

export const visitOperations = {
  checkIn: `mutation ($id: ID!, $version: Int) { answer: checkIn(input: { appointmentId: $id, version: $version }) ${payload} }`,
  undoCheckIn: `mutation ($id: ID!) { answer: undoCheckIn(input: { appointmentId: $id }) { appointment { id status } userErrors { code message } } }`,
  walkIn: `mutation ($input: WalkInInput!) { answer: checkInWalkIn(input: $input) ${payload} }`,
  call: `mutation ($id: ID!) { answer: callPatient(visitId: $id) ${payload} }`,
  start: `mutation ($id: ID!) { answer: startConsultation(visitId: $id) ${payload} }`,
  back: `mutation ($id: ID!) { answer: returnToQueue(visitId: $id) ${payload} }`,
  leave: `mutation ($id: ID!, $reason: String) { answer: markLeft(visitId: $id, reason: $reason) ${payload} }`,
  reassign: `mutation ($input: ReassignVisitInput!) { answer: reassignVisit(input: $input) ${payload} }`,
  vitals: `mutation ($input: RecordVitalsInput!) { answer: recordVitals(input: $input) ${payload} }`,
  write: `mutation ($input: RecordConsultationInput!) { answer: recordConsultation(input: $input)
    { visit { id consultation { notes diagnosis locked version } } userErrors { code message field } } }`,
  complete: `mutation ($input: CompleteConsultationInput!) { answer: completeConsultation(input: $input) ${payload} }`,
  add: `mutation ($id: ID!, $text: String!) { answer: addAddendum(visitId: $id, text: $text) { visit { id } userErrors { code } } }`,
  prescribe: `mutation ($input: CreatePrescriptionInput!) { answer: createPrescription(input: $input)
    { prescription { id } warnings userErrors { code message field } } }`,
  read: `query ($id: ID!) { visit(id: $id) ${shown} }`,
  queue: `query ($doctorId: ID, $date: Date) { queue(doctorId: $doctorId, date: $date) { date estimatedWaitMinutes
    waiting ${shown} called { id } inProgress { id } completed { id } } }`,
};

/** A member takes a step; its payload. */
export const step = async (
  who: Pick<TestMember, 'client'>,
  operation: string,
  variables: Record<string, unknown>,
): Promise<Json> => (await who.client.ask(operation, variables)).answer;

/** Somebody walks in and is checked in; their visit's id. */
export async function aVisit(
  clinic: TestClinic,
  desk: Pick<TestMember, 'client'>,
  { doctorId, patientId }: { doctorId: string; patientId?: string | undefined },
): Promise<string> {
  const input = { patientId: patientId ?? (await clinic.aPatient()), doctorId, serviceId: clinic.serviceId };
  const { visit, userErrors } = await step(desk, visitOperations.walkIn, { input });
  if (visit === null) throw new Error(JSON.stringify(userErrors));
  return visit.id;
}

/** An approved appointment at an instant; its id. */
export async function anAppointmentAt(
  clinic: TestClinic,
  desk: TestMember,
  { doctorId, patientId, startsAt }: { doctorId: string; patientId: string; startsAt: string },
): Promise<string> {
  const input = { patientId, doctorId, serviceId: clinic.serviceId, startsAt };
  const { appointment, userErrors } = await step(desk, appointmentMutations.book, { input });
  if (appointment === null) throw new Error(JSON.stringify(userErrors));
  return appointment.id;
}

/** A doctor prescribes at a visit, whatever speaks against it; the prescription's id. */
export async function prescribe(
  doctor: Pick<TestMember, 'client'>,
  visitId: string,
  medication: string,
  changes: Record<string, unknown> = {},
): Promise<string> {
  const input = { visitId, items: [{ medication, dosage: '1 tablet', ...changes }], overrideWarnings: true };
  const { prescription, userErrors } = await step(doctor, visitOperations.prescribe, { input });
  if (prescription === null) throw new Error(JSON.stringify(userErrors));
  return prescription.id;
}

export const codes = (answer: Json): string[] => answer.userErrors.map((error: { code: string }) => error.code);
