import type { MessageCatalog, MessageFacts } from './message-catalog.ts';

const noted = (note: string | null): string => (note === null ? '' : ` Note: ${note}`);

const minutesOf = ({ startsAt, endsAt }: MessageFacts): number =>
  Math.round((endsAt.getTime() - startsAt.getTime()) / 60_000);

function movedForPatient(facts: MessageFacts, when: string, before: string): string {
  const { clinicName, doctorName, previousDoctorName } = facts;
  if (previousDoctorName !== null)
    return `Your appointment at ${clinicName} on ${before} was moved: ${doctorName} will see you on ${when}.`;
  const appointment = `Your appointment with ${doctorName} at ${clinicName} on ${before}`;
  return when === before
    ? `${appointment} now takes ${minutesOf(facts)} minutes.`
    : `${appointment} was moved to ${when}.`;
}

export const english: MessageCatalog = {
  appointments: {
    APPOINTMENT_REQUESTED: {
      DOCTOR: ({ patientName, serviceName }, { when }) => {
        const body = `${patientName} asks for ${serviceName} on ${when}.`;
        return { title: 'New request', body, outsideBody: body };
      },
    },
    APPOINTMENT_APPROVED: {
      PATIENT: ({ doctorName, clinicName }, { when }) => {
        const body = `${doctorName} at ${clinicName} will see you on ${when}.`;
        return { title: 'Your appointment is confirmed', body, outsideBody: body };
      },
    },
    APPOINTMENT_REJECTED: {
      PATIENT: ({ doctorName, clinicName, note }, { when }) => {
        const body = `${doctorName} at ${clinicName} cannot see you on ${when}.${noted(note)}`;
        return { title: 'Your request was declined', body, outsideBody: body };
      },
    },
    APPOINTMENT_RESCHEDULED: {
      PATIENT: (facts, { when, before }) => {
        const told = movedForPatient(facts, when, before);
        return { title: 'Your appointment was moved', body: `${told}${noted(facts.note)}`, outsideBody: told };
      },
      DOCTOR: ({ patientName, serviceName, previousDoctorName, note }, { when, before }) => {
        const from = previousDoctorName === null ? before : `${previousDoctorName}, ${before}`;
        const told = `${serviceName} was moved from ${from} to ${when}.`;
        return { title: 'Appointment moved', body: `${patientName}: ${told}${noted(note)}`, outsideBody: told };
      },
      PREVIOUS_DOCTOR: ({ patientName, serviceName, doctorName, note }, { when, before }) => {
        const told = `${serviceName} on ${before} was moved to ${doctorName}, ${when}.`;
        return { title: 'Appointment moved', body: `${patientName}: ${told}${noted(note)}`, outsideBody: told };
      },
    },
    APPOINTMENT_CHECKED_IN: {},
    APPOINTMENT_CHECK_IN_UNDONE: {},
    APPOINTMENT_NO_SHOW: {},
    APPOINTMENT_TREATED: {},
    APPOINTMENT_CANCELLED: {
      PATIENT: ({ doctorName, clinicName, note }, { when }) => {
        const told = `Your appointment with ${doctorName} at ${clinicName} on ${when} was cancelled.`;
        return { title: 'Your appointment was cancelled', body: `${told}${noted(note)}`, outsideBody: told };
      },
      DOCTOR: ({ patientName, serviceName, note }, { when }) => {
        const told = `${serviceName} on ${when} was cancelled.`;
        return { title: 'Appointment cancelled', body: `${patientName}: ${told}${noted(note)}`, outsideBody: told };
      },
    },
  },
  visits: {
    PATIENT_ARRIVED: {
      DOCTOR: ({ patientName, serviceName }) => ({
        title: 'Patient arrived',
        body: `${patientName} is here for ${serviceName}.`,
        outsideBody: `A patient is here for ${serviceName}.`,
      }),
    },
    PATIENT_WITH_DOCTOR: {
      DOCTOR: ({ patientName, serviceName }) => ({
        title: 'Patient with you',
        body: `${patientName} was sent in for ${serviceName}.`,
        outsideBody: `A patient was sent in for ${serviceName}.`,
      }),
    },
    CONSULTATION_STARTED: {
      PATIENT: ({ doctorName, clinicName }) => {
        const body = `${doctorName} at ${clinicName} sees you now.`;
        return { title: 'It is your turn', body, outsideBody: body };
      },
    },
    CONSULTATION_COMPLETED: {
      FRONT_DESK: ({ patientName, doctorName, serviceName }) => ({
        title: 'Consultation completed',
        body: `${doctorName} has seen ${patientName}: ${serviceName}. The bill is next.`,
        outsideBody: `${doctorName} has completed a consultation. The bill is next.`,
      }),
      PATIENT: ({ doctorName, clinicName }) => {
        const body = `${doctorName} at ${clinicName} has completed your consultation. The front desk has what comes next.`;
        return { title: 'Your consultation is completed', body, outsideBody: body };
      },
    },
  },
  bills: {
    BILL_READY: ({ clinicName, number, amount }) => {
      const body = `Your bill ${number} at ${clinicName} is ready: ${amount}. Pay at the front desk or under Bills.`;
      return { title: 'Your bill is ready', body, outsideBody: body };
    },
    PAYMENT_RECEIVED: ({ clinicName, number, amount }, { followUp }) => {
      const next = followUp === null ? '' : ` Please come again on ${followUp}: book your time in the app.`;
      const body = `Your bill ${number} at ${clinicName} over ${amount} is paid. The receipt is under Bills.${next}`;
      return { title: 'Thank you for your payment', body, outsideBody: body };
    },
    PAYMENT_REFUNDED: ({ clinicName, number, amount }) => {
      const body = `${clinicName} has given back ${amount} of your bill ${number}.`;
      return { title: 'Your refund', body, outsideBody: body };
    },
    PAYMENT_REMINDER: ({ clinicName, number, amount }) => {
      const body = `${amount} of your bill ${number} at ${clinicName} is still to be paid. Pay at the front desk or under Bills.`;
      return { title: 'A bill is waiting', body, outsideBody: body };
    },
  },
  onlineTrouble: {
    OTHER_AMOUNT: ({ number }) => {
      const body = `The gateway reports another amount for bill ${number} than it was asked for, so nothing was booked. Look at the payment there, then settle the bill here.`;
      return { title: 'An online payment does not fit', body, outsideBody: body };
    },
    PAID_TWICE: ({ number }) => {
      const body = `An online payment came in for bill ${number} when less was owed. What was too much goes back by itself.`;
      return { title: 'A bill was paid twice', body, outsideBody: body };
    },
    NOT_GIVEN_BACK: ({ number }) => {
      const body = `The gateway could not give money back on bill ${number}. Look at the payment there, then refund it once more or another way.`;
      return { title: 'A refund did not go through', body, outsideBody: body };
    },
    GIVEN_BACK_THERE: ({ number }) => {
      const body = `More of an online payment on bill ${number} was given back at the gateway than here. Look at the payment there: what went back by hand is not in these books.`;
      return { title: 'Money was given back outside the app', body, outsideBody: body };
    },
  },
  treatmentCompleted: ({ clinicName, doctorName }) => {
    const body = `Your treatment with ${doctorName} at ${clinicName} is completed. Your visit is kept under Visits.`;
    return { title: 'Treatment completed', body, outsideBody: body };
  },
  followUpDue: ({ clinicName, doctorName }, { followUp }) => {
    const body = `${doctorName} at ${clinicName} would like to see you again on ${followUp}. Nothing is booked yet: book your time in the app.`;
    return { title: 'Time to come again', body, outsideBody: body };
  },
  noShow: ({ patientName, doctorName, serviceName }, { when }) => {
    const told = `${serviceName} with ${doctorName} was to begin on ${when}.`;
    return { title: 'Likely no-show', body: `${patientName} is not checked in. ${told}`, outsideBody: told };
  },
  recordOpened: ({ doctorName, recordNumber, clinicName, reason }) => {
    const told = `${doctorName} opened record ${recordNumber} at ${clinicName} for an hour.`;
    return { title: 'A record was opened', body: `${told} Reason: ${reason}`, outsideBody: told };
  },
  slotOffered: ({ doctorName, clinicName, serviceName }, { when, until }) => {
    const told = `${doctorName} at ${clinicName} can see you on ${when}. It is held for you until ${until}: sign in to accept it.`;
    return { title: 'A time has opened for you', body: `${serviceName}: ${told}`, outsideBody: told };
  },
};
