import { appointmentMutations, type TestClinic, type TestMember } from './clinic.ts';

interface Meeting {
  doctor: TestMember;
  patient: TestMember;
  startsAt: string;
  mark: string;
}

/** A booked appointment, and with it messages to both. */
export async function meet(clinic: TestClinic, { doctor, patient, startsAt, mark }: Meeting): Promise<string> {
  const input = { doctorId: doctor.doctorId, serviceId: clinic.serviceId, startsAt, reason: `${mark} reason` };
  const { answer } = await patient.client.ask(appointmentMutations.request, { input });
  await doctor.client.ask(appointmentMutations.approve, { input: { appointmentId: answer.appointment.id } });
  return answer.appointment.id;
}
