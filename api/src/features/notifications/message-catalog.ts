import type { AppointmentFactType } from '../appointments/index.ts';
import type { Audience, BillMessage, OnlineTrouble, VisitAudience, VisitMessage } from './notification.domain.ts';

/** What a message may name. The note only reaches the person it was written to. */
export interface MessageFacts {
  clinicName: string;
  doctorName: string;
  patientName: string;
  serviceName: string;
  startsAt: Date;
  endsAt: Date;
  /** Of what moved: when it was to begin before, and with whom if that is another doctor. */
  previousStartsAt: Date | null;
  previousDoctorName: string | null;
  note: string | null;
  timeZone: string;
  locale: string;
}

export interface MessageWords {
  title: string;
  /** Inside the app. */
  body: string;
  /** By e-mail: clinic, doctor, day and time; of what people wrote only a rejection's note. */
  outsideBody: string;
}

/** What the owners are told of a record that was opened in an emergency. The reason stays inside. */
export interface OpeningFacts {
  clinicName: string;
  doctorName: string;
  recordNumber: string;
  reason: string;
  locale: string;
}

/** What somebody on the waitlist is told of a slot that is held for them. */
export interface OfferFacts {
  clinicName: string;
  doctorName: string;
  serviceName: string;
  startsAt: Date;
  expiresAt: Date;
  timeZone: string;
  locale: string;
}

/** What a patient is told of a bill: its number and an amount, and no word of what it is for. */
export interface BillFacts {
  clinicName: string;
  doctorName: string;
  number: string;
  /** Owed, received or given back, in the reader's language. */
  amount: string;
  /** When the patient should come again, as a calendar day. */
  followUpOn: string | null;
  locale: string;
}

/** Day and time in the clinic's zone: of the appointment, and of where it was before. */
export interface MessageTimes {
  when: string;
  before: string;
}

/** One language's words for every message. */
export interface MessageCatalog {
  appointments: Record<
    AppointmentFactType,
    Partial<Record<Audience, (facts: MessageFacts, times: MessageTimes) => MessageWords>>
  >;
  visits: Record<VisitMessage, Partial<Record<VisitAudience, (facts: MessageFacts) => MessageWords>>>;
  noShow: (facts: MessageFacts, times: MessageTimes) => MessageWords;
  bills: Record<BillMessage, (facts: BillFacts, times: { followUp: string | null }) => MessageWords>;
  onlineTrouble: Record<OnlineTrouble, (facts: Pick<BillFacts, 'clinicName' | 'number'>) => MessageWords>;
  treatmentCompleted: (facts: MessageFacts) => MessageWords;
  followUpDue: (facts: MessageFacts, times: { followUp: string }) => MessageWords;
  recordOpened: (facts: OpeningFacts) => MessageWords;
  slotOffered: (facts: OfferFacts, times: { when: string; until: string }) => MessageWords;
}
