/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** A step that can be taken with an appointment. */
export type AppointmentAction =
  | 'APPROVE'
  | 'CANCEL'
  | 'CHECK_IN'
  | 'MARK_NO_SHOW'
  | 'MARK_TREATED'
  | 'REJECT'
  | 'RESCHEDULE'
  | 'UNDO_CHECK_IN'
  | '%future added value';

export type AppointmentActionInput = {
  appointmentId: string;
  /** From the object as last read; a stale one is refused with CONFLICT. */
  version?: number | null | undefined;
};

/** A step that was taken with an appointment. */
export type AppointmentEventType =
  | 'APPROVED'
  | 'CANCELLED'
  | 'CHECKED_IN'
  | 'CHECK_IN_UNDONE'
  /** The patient answered the reminder with yes. */
  | 'CONFIRMED_BY_PATIENT'
  | 'NO_SHOW'
  | 'REJECTED'
  | 'REQUESTED'
  | 'RESCHEDULED'
  | 'TREATED'
  | '%future added value';

export type AppointmentFilter = {
  archived?: boolean | null | undefined;
  /** A doctor who names a colleague finds nothing. */
  doctorId?: string | null | undefined;
  /** Starts at or after. */
  from?: string | null | undefined;
  overdue?: boolean | null | undefined;
  patientId?: string | null | undefined;
  /**
   * The consultation is completed and, with AFTER_PAYMENT, nothing is unpaid: what a doctor may close.
   *
   * Requires: OWNER, ADMIN, DOCTOR, RECEPTIONIST.
   */
  readyToClose?: boolean | null | undefined;
  serviceId?: string | null | undefined;
  status?: Array<AppointmentStatus> | null | undefined;
  /** Starts before. */
  to?: string | null | undefined;
};

export type AppointmentOrder = {
  direction?: OrderDirection;
  field?: AppointmentOrderField;
};

export type AppointmentOrderField =
  | 'CREATED_AT'
  | 'STARTS_AT'
  | '%future added value';

/** Where an appointment came from. */
export type AppointmentSource =
  /** Through a partner's API key. */
  | 'PARTNER'
  /** Asked for by the patient. */
  | 'PATIENT'
  /** Booked by staff. */
  | 'STAFF'
  /** Came without an appointment. */
  | 'WALK_IN'
  | '%future added value';

/**
 * REQUESTED → APPROVED | REJECTED | CANCELLED
 * APPROVED → CHECKED_IN | CANCELLED | NO_SHOW (a reschedule keeps APPROVED)
 * CHECKED_IN → TREATED | APPROVED (check-in undone, the visit still WAITING) | CANCELLED (the patient left)
 * NO_SHOW → CHECKED_IN (came late, the same clinic day)
 * REJECTED, CANCELLED and TREATED are final. A request holds no slot; approval checks the slot again.
 */
export type AppointmentStatus =
  | 'APPROVED'
  | 'CANCELLED'
  | 'CHECKED_IN'
  | 'NO_SHOW'
  | 'REJECTED'
  | 'REQUESTED'
  | 'TREATED'
  | '%future added value';

export type BillAction =
  | 'EDIT'
  | 'PAY_ONLINE'
  | 'RECORD_PAYMENT'
  | 'REFUND'
  | 'VOID'
  | '%future added value';

export type BillFilter = {
  /** A doctor who names a colleague finds nothing. */
  doctorId?: string | null | undefined;
  /** Clinic days on which it was made, both included. */
  from?: string | null | undefined;
  patientId?: string | null | undefined;
  /** Number, or part of the patient's name. */
  search?: string | null | undefined;
  status?: Array<BillStatus> | null | undefined;
  to?: string | null | undefined;
};

export type BillItemInput = {
  /** At most 200 characters. */
  description: string;
  /** 1 to 10,000. */
  quantity?: number;
  serviceId?: string | null | undefined;
  /** The service's, else the clinic's. */
  taxPercent?: string | null | undefined;
  /** Before tax. */
  unitPrice: string;
};

/** PENDING → PAID → REFUNDED; PENDING → VOID. Part payments keep it PENDING, part refunds keep it PAID. */
export type BillStatus =
  | 'PAID'
  | 'PENDING'
  | 'REFUNDED'
  | 'VOID'
  | '%future added value';

export type BookAppointmentInput = {
  doctorId: string;
  /** 5 to 480; the service's when left out. */
  durationMinutes?: number | null | undefined;
  /**
   * Books on top of another appointment, on purpose; doctor, admin or owner. Audited.
   *
   * Requires: OWNER, ADMIN, DOCTOR.
   */
  overbookReason?: string | null | undefined;
  patientId: string;
  /** At most 1,000 characters. */
  reason?: string | null | undefined;
  serviceId: string;
  startsAt: string;
};

export type CancelAppointmentInput = {
  appointmentId: string;
  /** Goes to the patient; at most 1,000 characters. */
  note?: string | null | undefined;
  /** From the object as last read; a stale one is refused with CONFLICT. */
  version?: number | null | undefined;
};

export type CompleteConsultationInput = {
  /** A clinic day after today. */
  followUpOn?: string | null | undefined;
  /** Replaces the notes; they stay when left out. */
  notes?: string | null | undefined;
  /** Of the consultation, as last read. */
  version?: number | null | undefined;
  visitId: string;
};

export type CreateBillInput = {
  /** Either one amount, before tax, or items. An amount becomes one line of the appointment's service. */
  amount?: string | null | undefined;
  appointmentId: string;
  /** Off the lines, before tax. */
  discount?: string | null | undefined;
  /** At most 100. */
  items?: Array<BillItemInput> | null | undefined;
  /** Printed on it; at most 2,000 characters. */
  notes?: string | null | undefined;
};

export type CreatePatientInput = {
  address?: string | null | undefined;
  /** When the day of birth is not known. */
  age?: number | null | undefined;
  /** Requires: DOCTOR, NURSE. */
  allergies?: Array<string> | null | undefined;
  birthDate?: string | null | undefined;
  email?: string | null | undefined;
  emailConsent?: boolean | null | undefined;
  firstName: string;
  lastName?: string | null | undefined;
  /** Requires: DOCTOR. */
  medicalHistory?: string | null | undefined;
  phone?: string | null | undefined;
  sex: Sex;
  smsConsent?: boolean | null | undefined;
};

export type CreatePrescriptionInput = {
  /** At most 2,000 characters. */
  instructions?: string | null | undefined;
  /** 1 to 30. */
  items: Array<PrescriptionItemInput>;
  /** Signs in spite of the warnings that came back. */
  overrideWarnings?: boolean | null | undefined;
  visitId: string;
};

/** What a message is about. */
export type NotificationType =
  | 'APPOINTMENT_APPROVED'
  | 'APPOINTMENT_CANCELLED'
  | 'APPOINTMENT_REJECTED'
  | 'APPOINTMENT_REMINDER'
  | 'APPOINTMENT_REQUESTED'
  | 'APPOINTMENT_RESCHEDULED'
  | 'BILL_READY'
  | 'CONSULTATION_COMPLETED'
  | 'CONSULTATION_STARTED'
  | 'EMERGENCY'
  | 'FOLLOW_UP_DUE'
  | 'NO_SHOW_ALERT'
  | 'PATIENT_ARRIVED'
  | 'PATIENT_WITH_DOCTOR'
  | 'PAYMENT_RECEIVED'
  | 'PAYMENT_REFUNDED'
  | 'PAYMENT_REMINDER'
  /** A doctor broke the glass on a record: for the owner. */
  | 'RECORD_OPENED'
  | 'TREATMENT_COMPLETED'
  | 'WAITLIST_OFFER'
  | '%future added value';

export type OrderDirection =
  | 'ASC'
  | 'DESC'
  | '%future added value';

export type PatientFilter = {
  /** Archived records alone; the others when left out. */
  archived?: boolean | null | undefined;
  /** Seen by, or booked with, this doctor. */
  doctorId?: string | null | undefined;
  /** Parts of the name in any order, also misspelled or without accents, the record number, or four or more digits of the phone number. Gives the 200 best matches, the best first. */
  search?: string | null | undefined;
};

export type PaymentMethod =
  | 'BANK_TRANSFER'
  | 'CARD'
  | 'CASH'
  | 'MOBILE_WALLET'
  /** Through the online gateway. */
  | 'ONLINE'
  | '%future added value';

export type PaymentStatus =
  | 'FAILED'
  | 'PAID'
  | 'PENDING'
  | 'REFUNDED'
  | '%future added value';

export type PrescriptionItemInput = {
  /** At most 200 characters. */
  dosage: string;
  /** Days, 1 to 365; left open it counts as 30. */
  durationDays?: number | null | undefined;
  /** At most 200 characters. */
  frequency?: string | null | undefined;
  /** At most 500 characters. */
  instructions?: string | null | undefined;
  /** At most 200 characters. */
  medication: string;
};

export type RecordPaymentInput = {
  /** The whole balance when left out. */
  amount?: string | null | undefined;
  billId: string;
  method: PaymentMethod;
  /** Of the transfer or the card slip; at most 120 characters. */
  reference?: string | null | undefined;
};

export type RefreshSessionInput = {
  /** Left out by browsers: theirs is in the cookie. */
  refreshToken?: string | null | undefined;
};

export type RejectAppointmentInput = {
  appointmentId: string;
  /** Goes to the patient; at most 1,000 characters. */
  note: string;
  /** From the object as last read; a stale one is refused with CONFLICT. */
  version?: number | null | undefined;
};

export type RequestAppointmentInput = {
  doctorId: string;
  /** Left out by a patient; named by the front desk or a partner. */
  patientId?: string | null | undefined;
  /** At most 1,000 characters. */
  reason?: string | null | undefined;
  serviceId: string;
  startsAt: string;
};

/** A user's part in one clinic. */
export type Role =
  /** An owner's deputy: as OWNER, but cannot change owners, or read or set doctors' shares. */
  | 'ADMIN'
  /** Own schedule, own appointments, visits, prescriptions, bills and earnings; patients who asked for, are booked with, have seen or were registered by them. */
  | 'DOCTOR'
  /** Queue, check-in and vital signs; no money. */
  | 'NURSE'
  /** Runs the clinic: everything but clinical notes of others' visits is theirs to see and set, reports and audit included. */
  | 'OWNER'
  /** Own record only. */
  | 'PATIENT'
  /** Front desk: booking, check-in, queue, bills and payments; sees prescriptions for payment, not clinical notes. */
  | 'RECEPTIONIST'
  | '%future added value';

/** As on the patient's papers. */
export type Sex =
  | 'FEMALE'
  | 'MALE'
  | 'OTHER'
  | 'UNKNOWN'
  | '%future added value';

export type SignInInput = {
  /** Which clinic, for a user of several; the last used one otherwise. */
  clinicSlug?: string | null | undefined;
  email: string;
  password: string;
  /** For accounts with two-factor sign-in. */
  totpCode?: string | null | undefined;
};

/** Which rule said no. */
export type UserErrorCode =
  /** An e-mail, phone or licence number that is already in use. */
  | 'ALREADY_EXISTS'
  /** The amount is more than what is owed, or more than what was paid. */
  | 'AMOUNT_EXCEEDED'
  /** The bill must be paid first (the clinic's close-out policy). */
  | 'BILL_UNPAID'
  /** Somebody changed it since; the payload holds it as it is now, the message says who and when. */
  | 'CONFLICT'
  /** The doctor has another consultation open. */
  | 'DOCTOR_BUSY'
  /** Wrong e-mail, password or code. Says no more than that. */
  | 'INVALID_CREDENTIALS'
  | 'INVALID_INPUT'
  /** The object is not in a state from which this step is allowed. */
  | 'INVALID_TRANSITION'
  /** A note or reason is required, e.g. when rejecting. */
  | 'NOTE_REQUIRED'
  /** Only on the appointment's own clinic day. */
  | 'NOT_TODAY'
  /** A waitlist offer that has expired or gone to somebody else. */
  | 'OFFER_GONE'
  /** Outside the doctor's schedule, in time off, or in the past. */
  | 'OUTSIDE_SCHEDULE'
  /** The payment gateway refused. */
  | 'PAYMENT_DECLINED'
  /** The doctor, or the patient, already has an appointment that overlaps. */
  | 'SLOT_TAKEN'
  /** Later than the clinic lets patients cancel or move an appointment by themselves. */
  | 'TOO_LATE'
  /** A file of a kind or size that is not taken. */
  | 'UNSUPPORTED_FILE'
  /** Prescription warnings came back and were not overridden. */
  | 'WARNINGS_PENDING'
  | '%future added value';

/** A step that can be taken with a visit. */
export type VisitAction =
  | 'CALL'
  | 'COMPLETE'
  | 'MARK_LEFT'
  | 'REASSIGN'
  | 'RETURN_TO_QUEUE'
  | 'START'
  | '%future added value';

/**
 * WAITING → CALLED → IN_PROGRESS → COMPLETED
 * CALLED → WAITING (did not answer the call); IN_PROGRESS → WAITING (start undone, or out again for drops or a test)
 * WAITING or CALLED → LEFT (gone before being seen); IN_PROGRESS → LEFT (closed by admin or owner)
 */
export type VisitStatus =
  | 'CALLED'
  | 'COMPLETED'
  | 'IN_PROGRESS'
  | 'LEFT'
  | 'WAITING'
  | '%future added value';

export type WalkInInput = {
  doctorId: string;
  patientId: string;
  serviceId: string;
};

export type AppointmentsQueryVariables = Exact<{
  filter?: AppointmentFilter | null | undefined;
  orderBy?: AppointmentOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type AppointmentsQuery = { appointments: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, version: number, status: AppointmentStatus, startsAt: string, endsAt: string, overdue: boolean, reason: string | null, note: string | null, source: AppointmentSource, allowedActions: Array<AppointmentAction>, doctor: { id: string, name: string }, patient: { id: string, name: string }, service: { id: string, name: string } }> } | null };

export type AppointmentQueryVariables = Exact<{
  id: string;
}>;


export type AppointmentQuery = { appointment: { id: string, version: number, status: AppointmentStatus, startsAt: string, endsAt: string, overdue: boolean, reason: string | null, note: string | null, source: AppointmentSource, allowedActions: Array<AppointmentAction>, timeline: Array<{ at: string, type: AppointmentEventType, actorName: string, fromStatus: AppointmentStatus | null, toStatus: AppointmentStatus, note: string | null }>, doctor: { id: string, name: string }, patient: { id: string, name: string }, service: { id: string, name: string } } | null };

export type RequestAppointmentMutationVariables = Exact<{
  input: RequestAppointmentInput;
}>;


export type RequestAppointmentMutation = { requestAppointment: { appointment: { id: string, version: number, status: AppointmentStatus, startsAt: string, endsAt: string, overdue: boolean, reason: string | null, note: string | null, source: AppointmentSource, allowedActions: Array<AppointmentAction>, doctor: { id: string, name: string }, patient: { id: string, name: string }, service: { id: string, name: string } } | null, alternativeSlots: Array<{ doctorId: string, startsAt: string, endsAt: string }>, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> } | null };

export type BookAppointmentMutationVariables = Exact<{
  input: BookAppointmentInput;
}>;


export type BookAppointmentMutation = { bookAppointment: { appointment: { id: string, version: number, status: AppointmentStatus, startsAt: string, endsAt: string, overdue: boolean, reason: string | null, note: string | null, source: AppointmentSource, allowedActions: Array<AppointmentAction>, doctor: { id: string, name: string }, patient: { id: string, name: string }, service: { id: string, name: string } } | null, alternativeSlots: Array<{ doctorId: string, startsAt: string, endsAt: string }>, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> } | null };

export type ApproveAppointmentMutationVariables = Exact<{
  input: AppointmentActionInput;
}>;


export type ApproveAppointmentMutation = { approveAppointment: { appointment: { id: string, version: number, status: AppointmentStatus, startsAt: string, endsAt: string, overdue: boolean, reason: string | null, note: string | null, source: AppointmentSource, allowedActions: Array<AppointmentAction>, doctor: { id: string, name: string }, patient: { id: string, name: string }, service: { id: string, name: string } } | null, alternativeSlots: Array<{ doctorId: string, startsAt: string, endsAt: string }>, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> } | null };

export type RejectAppointmentMutationVariables = Exact<{
  input: RejectAppointmentInput;
}>;


export type RejectAppointmentMutation = { rejectAppointment: { appointment: { id: string, version: number, status: AppointmentStatus, startsAt: string, endsAt: string, overdue: boolean, reason: string | null, note: string | null, source: AppointmentSource, allowedActions: Array<AppointmentAction>, doctor: { id: string, name: string }, patient: { id: string, name: string }, service: { id: string, name: string } } | null, alternativeSlots: Array<{ doctorId: string, startsAt: string, endsAt: string }>, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> } | null };

export type CancelAppointmentMutationVariables = Exact<{
  input: CancelAppointmentInput;
}>;


export type CancelAppointmentMutation = { cancelAppointment: { appointment: { id: string, version: number, status: AppointmentStatus, startsAt: string, endsAt: string, overdue: boolean, reason: string | null, note: string | null, source: AppointmentSource, allowedActions: Array<AppointmentAction>, doctor: { id: string, name: string }, patient: { id: string, name: string }, service: { id: string, name: string } } | null, alternativeSlots: Array<{ doctorId: string, startsAt: string, endsAt: string }>, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> } | null };

export type AppointmentChangedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  doctorId?: string | null | undefined;
}>;


export type AppointmentChangedSubscription = { appointmentChanged: { cursor: string, resync: boolean, at: string, type: AppointmentEventType | null, appointment: { id: string, version: number, status: AppointmentStatus, startsAt: string, endsAt: string, overdue: boolean, reason: string | null, note: string | null, source: AppointmentSource, allowedActions: Array<AppointmentAction>, doctor: { id: string, name: string }, patient: { id: string, name: string }, service: { id: string, name: string } } | null } };

export type BillsQueryVariables = Exact<{
  filter?: BillFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type BillsQuery = { bills: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, version: number, number: string, status: BillStatus, allowedActions: Array<BillAction>, total: { amount: string, currency: string }, balance: { amount: string, currency: string }, appointment: { id: string } }> } | null };

export type CreateBillMutationVariables = Exact<{
  input: CreateBillInput;
}>;


export type CreateBillMutation = { createBill: { bill: { id: string, version: number, number: string, status: BillStatus, allowedActions: Array<BillAction>, total: { amount: string, currency: string }, balance: { amount: string, currency: string }, appointment: { id: string } } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> } | null };

export type RecordPaymentMutationVariables = Exact<{
  input: RecordPaymentInput;
}>;


export type RecordPaymentMutation = { recordPayment: { payment: { id: string, status: PaymentStatus, method: PaymentMethod, amount: { amount: string, currency: string } } | null, bill: { id: string, version: number, number: string, status: BillStatus, allowedActions: Array<BillAction>, total: { amount: string, currency: string }, balance: { amount: string, currency: string }, appointment: { id: string } } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> } | null };

export type BillChangedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type BillChangedSubscription = { billChanged: { cursor: string, resync: boolean, at: string, bill: { id: string, version: number, number: string, status: BillStatus, allowedActions: Array<BillAction>, total: { amount: string, currency: string }, balance: { amount: string, currency: string }, appointment: { id: string } } | null } };

export type DoctorsQueryVariables = Exact<{ [key: string]: never; }>;


export type DoctorsQuery = { doctors: Array<{ id: string, name: string, specialty: string | null, active: boolean, services: Array<{ id: string, name: string }> }> };

export type ServicesQueryVariables = Exact<{ [key: string]: never; }>;


export type ServicesQuery = { services: Array<{ id: string, name: string, durationMinutes: number, price: { amount: string, currency: string } }> };

export type AvailableSlotsQueryVariables = Exact<{
  serviceId: string;
  from: string;
  to: string;
  doctorId?: string | null | undefined;
  slug?: string | null | undefined;
  first?: number | null | undefined;
}>;


export type AvailableSlotsQuery = { availableSlots: Array<{ doctorId: string, startsAt: string, endsAt: string }> };

export type UserErrorFieldsFragment = { code: UserErrorCode, message: string, field: Array<string> | null };

export type AuthFieldsFragment = { accessToken: string | null, accessTokenExpiresAt: string | null, refreshToken: string | null, totpRequired: boolean, viewer: { role: Role | null, email: string | null, user: { id: string, name: string } | null, clinic: { id: string, slug: string, name: string, timeZone: string, currency: string }, doctor: { id: string } | null, patient: { id: string } | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> };

export type ViewerFieldsFragment = { role: Role | null, email: string | null, user: { id: string, name: string } | null, clinic: { id: string, slug: string, name: string, timeZone: string, currency: string }, doctor: { id: string } | null, patient: { id: string } | null };

export type AppointmentFieldsFragment = { id: string, version: number, status: AppointmentStatus, startsAt: string, endsAt: string, overdue: boolean, reason: string | null, note: string | null, source: AppointmentSource, allowedActions: Array<AppointmentAction>, doctor: { id: string, name: string }, patient: { id: string, name: string }, service: { id: string, name: string } };

export type AppointmentResultFragment = { appointment: { id: string, version: number, status: AppointmentStatus, startsAt: string, endsAt: string, overdue: boolean, reason: string | null, note: string | null, source: AppointmentSource, allowedActions: Array<AppointmentAction>, doctor: { id: string, name: string }, patient: { id: string, name: string }, service: { id: string, name: string } } | null, alternativeSlots: Array<{ doctorId: string, startsAt: string, endsAt: string }>, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> };

export type PatientFieldsFragment = { id: string, version: number, recordNumber: string, name: string, firstName: string, lastName: string | null, birthDate: string | null, sex: Sex, phone: string | null, email: string | null, archived: boolean };

export type VisitResultFragment = { visit: { id: string, version: number, status: VisitStatus, queueNumber: number, queuePosition: number | null, estimatedWaitMinutes: number | null, allowedActions: Array<VisitAction>, appointment: { id: string, version: number, status: AppointmentStatus } } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> };

export type BillFieldsFragment = { id: string, version: number, number: string, status: BillStatus, allowedActions: Array<BillAction>, total: { amount: string, currency: string }, balance: { amount: string, currency: string }, appointment: { id: string } };

export type NotificationReceivedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type NotificationReceivedSubscription = { notificationReceived: { cursor: string, resync: boolean, at: string, notification: { id: string, type: NotificationType, title: string, body: string, createdAt: string } | null } };

export type PatientsQueryVariables = Exact<{
  filter?: PatientFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type PatientsQuery = { patients: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, version: number, recordNumber: string, name: string, firstName: string, lastName: string | null, birthDate: string | null, sex: Sex, phone: string | null, email: string | null, archived: boolean }> } | null };

export type PatientQueryVariables = Exact<{
  id: string;
}>;


export type PatientQuery = { patient: { id: string, version: number, recordNumber: string, name: string, firstName: string, lastName: string | null, birthDate: string | null, sex: Sex, phone: string | null, email: string | null, archived: boolean } | null };

export type CreatePatientMutationVariables = Exact<{
  input: CreatePatientInput;
}>;


export type CreatePatientMutation = { createPatient: { patient: { id: string, version: number, recordNumber: string, name: string, firstName: string, lastName: string | null, birthDate: string | null, sex: Sex, phone: string | null, email: string | null, archived: boolean } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> } | null };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn: { accessToken: string | null, accessTokenExpiresAt: string | null, refreshToken: string | null, totpRequired: boolean, viewer: { role: Role | null, email: string | null, user: { id: string, name: string } | null, clinic: { id: string, slug: string, name: string, timeZone: string, currency: string }, doctor: { id: string } | null, patient: { id: string } | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> } | null };

export type RefreshSessionMutationVariables = Exact<{
  input: RefreshSessionInput;
}>;


export type RefreshSessionMutation = { refreshSession: { accessToken: string | null, accessTokenExpiresAt: string | null, refreshToken: string | null, totpRequired: boolean, viewer: { role: Role | null, email: string | null, user: { id: string, name: string } | null, clinic: { id: string, slug: string, name: string, timeZone: string, currency: string }, doctor: { id: string } | null, patient: { id: string } | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> } | null };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { signOut: boolean | null };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { role: Role | null, email: string | null, user: { id: string, name: string } | null, clinic: { id: string, slug: string, name: string, timeZone: string, currency: string }, doctor: { id: string } | null, patient: { id: string } | null } | null };

export type CheckInMutationVariables = Exact<{
  input: AppointmentActionInput;
}>;


export type CheckInMutation = { checkIn: { visit: { id: string, version: number, status: VisitStatus, queueNumber: number, queuePosition: number | null, estimatedWaitMinutes: number | null, allowedActions: Array<VisitAction>, appointment: { id: string, version: number, status: AppointmentStatus } } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> } | null };

export type CheckInWalkInMutationVariables = Exact<{
  input: WalkInInput;
}>;


export type CheckInWalkInMutation = { checkInWalkIn: { visit: { id: string, version: number, status: VisitStatus, queueNumber: number, queuePosition: number | null, estimatedWaitMinutes: number | null, allowedActions: Array<VisitAction>, appointment: { id: string, version: number, status: AppointmentStatus } } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> } | null };

export type StartConsultationMutationVariables = Exact<{
  visitId: string;
}>;


export type StartConsultationMutation = { startConsultation: { visit: { id: string, version: number, status: VisitStatus, queueNumber: number, queuePosition: number | null, estimatedWaitMinutes: number | null, allowedActions: Array<VisitAction>, appointment: { id: string, version: number, status: AppointmentStatus } } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> } | null };

export type CompleteConsultationMutationVariables = Exact<{
  input: CompleteConsultationInput;
}>;


export type CompleteConsultationMutation = { completeConsultation: { visit: { id: string, version: number, status: VisitStatus, queueNumber: number, queuePosition: number | null, estimatedWaitMinutes: number | null, allowedActions: Array<VisitAction>, appointment: { id: string, version: number, status: AppointmentStatus } } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> } | null };

export type CreatePrescriptionMutationVariables = Exact<{
  input: CreatePrescriptionInput;
}>;


export type CreatePrescriptionMutation = { createPrescription: { warnings: Array<string>, prescription: { id: string, pdfUrl: string, items: Array<{ medication: string, dosage: string, frequency: string | null, durationDays: number | null }> } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> } | null };

export type MarkTreatedMutationVariables = Exact<{
  input: AppointmentActionInput;
}>;


export type MarkTreatedMutation = { markTreated: { appointment: { id: string, version: number, status: AppointmentStatus, startsAt: string, endsAt: string, overdue: boolean, reason: string | null, note: string | null, source: AppointmentSource, allowedActions: Array<AppointmentAction>, doctor: { id: string, name: string }, patient: { id: string, name: string }, service: { id: string, name: string } } | null, alternativeSlots: Array<{ doctorId: string, startsAt: string, endsAt: string }>, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> } | null };
