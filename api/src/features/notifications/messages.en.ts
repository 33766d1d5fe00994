import type { MessageCatalog } from './message-catalog.ts';

const noted = (note: string | null): string => (note === null ? '' : ` Note: ${note}`);

export const english: MessageCatalog = {
  appointments: {
    APPOINTMENT_REQUESTED: {
      DOCTOR: ({ patientName, serviceName }, when) => {
        const body = `${patientName} asks for ${serviceName} on ${when}.`;
        return { title: 'New request', body, outsideBody: body };
      },
    },
    APPOINTMENT_APPROVED: {
      PATIENT: ({ doctorName, clinicName }, when) => {
        const body = `${doctorName} at ${clinicName} will see you on ${when}.`;
        return { title: 'Your appointment is confirmed', body, outsideBody: body };
      },
    },
    APPOINTMENT_REJECTED: {
      PATIENT: ({ doctorName, clinicName, note }, when) => {
        const body = `${doctorName} at ${clinicName} cannot see you on ${when}.${noted(note)}`;
        return { title: 'Your request was declined', body, outsideBody: body };
      },
    },
    APPOINTMENT_CANCELLED: {
      PATIENT: ({ doctorName, clinicName, note }, when) => {
        const told = `Your appointment with ${doctorName} at ${clinicName} on ${when} was cancelled.`;
        return { title: 'Your appointment was cancelled', body: `${told}${noted(note)}`, outsideBody: told };
      },
      DOCTOR: ({ patientName, serviceName, note }, when) => {
        const told = `${serviceName} on ${when} was cancelled.`;
        return { title: 'Appointment cancelled', body: `${patientName}: ${told}${noted(note)}`, outsideBody: told };
      },
    },
  },
  recordOpened: ({ doctorName, recordNumber, clinicName, reason }) => {
    const told = `${doctorName} opened record ${recordNumber} at ${clinicName} for an hour.`;
    return { title: 'A record was opened', body: `${told} Reason: ${reason}`, outsideBody: told };
  },
};
