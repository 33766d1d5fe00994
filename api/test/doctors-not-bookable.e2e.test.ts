import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClinic, appointmentMutations, type TestClinic } from './support/clinic.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let clinic: TestClinic;

beforeAll(async () => {
  server = await startTestServer();
  clinic = await aClinic(server);
});

afterAll(() => server.stop());

const updateDoctor = `mutation ($input: UpdateDoctorInput!) {
  updateDoctor(input: $input) { doctor { active } userErrors { code message field } } }`;

const takeOffTheList = async (doctorId: string) =>
  (await clinic.owner.ask(updateDoctor, { input: { doctorId, active: false } })).updateDoctor;

describe('a doctor who cannot be booked', () => {
  it('is off the list and refuses new bookings; what is booked stays', async () => {
    const hired = await clinic.hire('DOCTOR');
    const patientId = await clinic.aPatient();
    const input = {
      patientId,
      doctorId: hired.doctorId,
      serviceId: clinic.serviceId,
      startsAt: '2030-03-05T02:00:00Z',
    };
    const { answer: booked } = await clinic.owner.ask(appointmentMutations.book, { input });

    expect((await takeOffTheList(hired.doctorId)).doctor.active).toBe(false);
    const { answer } = await clinic.owner.ask(appointmentMutations.book, {
      input: { ...input, startsAt: '2030-03-05T04:00:00Z' },
    });

    expect(answer.userErrors).toEqual([
      {
        code: 'INVALID_INPUT',
        message: 'This doctor cannot be booked now. Choose another one.',
        field: ['doctorId'],
      },
    ]);
    const listed = await clinic.owner.ask('{ doctors { id } all: doctors(includeInactive: true) { id } }');
    expect(listed.doctors).not.toContainEqual({ id: hired.doctorId });
    expect(listed.all).toContainEqual({ id: hired.doctorId });
    const kept = await clinic.owner.ask('query ($id: ID!) { appointment(id: $id) { status } }', {
      id: booked.appointment.id,
    });
    expect(kept.appointment.status).toBe('APPROVED');
  });

  it('still reads their own appointments', async () => {
    const hired = await clinic.hire('DOCTOR');
    const patientId = await clinic.aPatient();
    const input = {
      patientId,
      doctorId: hired.doctorId,
      serviceId: clinic.serviceId,
      startsAt: '2030-03-05T05:00:00Z',
    };
    await clinic.owner.ask(appointmentMutations.book, { input });

    await takeOffTheList(hired.doctorId);

    const { appointments } = await hired.client.ask('{ appointments { nodes { status } } }');
    expect(appointments.nodes).toEqual([{ status: 'APPROVED' }]);
  });
});
