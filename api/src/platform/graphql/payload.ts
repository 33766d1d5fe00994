import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { DomainError } from '../errors.ts';
import { InputRefused } from '../input.ts';

/** Every business rule's name; codes of rules that come with later features are part of the public contract already. */
export enum UserErrorCode {
  INVALID_INPUT = 'INVALID_INPUT',
  INVALID_TRANSITION = 'INVALID_TRANSITION',
  SLOT_TAKEN = 'SLOT_TAKEN',
  OUTSIDE_SCHEDULE = 'OUTSIDE_SCHEDULE',
  NOTE_REQUIRED = 'NOTE_REQUIRED',
  OFFER_GONE = 'OFFER_GONE',
  TOO_LATE = 'TOO_LATE',
  BILL_UNPAID = 'BILL_UNPAID',
  AMOUNT_EXCEEDED = 'AMOUNT_EXCEEDED',
  ALREADY_EXISTS = 'ALREADY_EXISTS',
  INVALID_CREDENTIALS = 'INVALID_CREDENTIALS',
  PAYMENT_DECLINED = 'PAYMENT_DECLINED',
  UNSUPPORTED_FILE = 'UNSUPPORTED_FILE',
  DOCTOR_BUSY = 'DOCTOR_BUSY',
  NOT_TODAY = 'NOT_TODAY',
  WARNINGS_PENDING = 'WARNINGS_PENDING',
  CONFLICT = 'CONFLICT',
}

registerEnumType(UserErrorCode, {
  name: 'UserErrorCode',
  description: 'Which rule said no.',
  valuesConfig: {
    INVALID_TRANSITION: { description: 'The object is not in a state from which this step is allowed.' },
    SLOT_TAKEN: { description: 'The doctor, or the patient, already has an appointment that overlaps.' },
    OUTSIDE_SCHEDULE: { description: "Outside the doctor's schedule, in time off, or in the past." },
    NOTE_REQUIRED: { description: 'A note or reason is required, e.g. when rejecting.' },
    OFFER_GONE: { description: 'A waitlist offer that has expired or gone to somebody else.' },
    TOO_LATE: { description: 'Later than the clinic lets patients cancel or move an appointment by themselves.' },
    BILL_UNPAID: { description: "The bill must be paid first (the clinic's close-out policy)." },
    AMOUNT_EXCEEDED: { description: 'The amount is more than what is owed, or more than what was paid.' },
    ALREADY_EXISTS: { description: 'An e-mail, phone or licence number that is already in use.' },
    INVALID_CREDENTIALS: { description: 'Wrong e-mail, password or code. Says no more than that.' },
    PAYMENT_DECLINED: { description: 'The payment gateway refused.' },
    UNSUPPORTED_FILE: { description: 'A file of a kind or size that is not taken.' },
    DOCTOR_BUSY: { description: 'The doctor has another consultation open.' },
    NOT_TODAY: { description: "Only on the appointment's own clinic day." },
    WARNINGS_PENDING: { description: 'Prescription warnings came back and were not overridden.' },
    CONFLICT: {
      description: 'Somebody changed it since; the payload holds it as it is now, the message says who and when.',
    },
  },
});

@ObjectType({
  description: 'Why a mutation did not do what it was asked: a business rule, in words fit to show a person.',
})
export class UserError {
  @Field(() => UserErrorCode) code!: string;
  @Field(() => String) message!: string;
  @Field(() => [String], {
    nullable: true,
    description: 'The input field at fault, e.g. ["startsAt"]; null when the rule is about the object\'s state.',
  })
  field!: string[] | null;
}

interface Refusal {
  userErrors: UserError[];
  /** What helps further: the nearest free slots, the id of the object as it is now. */
  details: Record<string, unknown>;
}

/** A payload's answer: what the use case returned, or the rules that said no. Everything else stays an error. */
export type Outcome<Result> = { result: Result; refusal: null } | { result: null; refusal: Refusal };

/**
 * Runs a use case and keeps what a person can put right apart from what is broken: domain errors and refused input
 * become userErrors, all others go on as they are.
 */
export async function outcomeOf<Result>(run: () => Promise<Result>): Promise<Outcome<Result>> {
  try {
    return { result: await run(), refusal: null };
  } catch (error) {
    if (error instanceof DomainError) {
      const { code, message, field, details } = error;
      return { result: null, refusal: { userErrors: [{ code, message, field }], details } };
    }
    if (error instanceof InputRefused) return { result: null, refusal: { userErrors: error.userErrors, details: {} } };
    throw error;
  }
}
