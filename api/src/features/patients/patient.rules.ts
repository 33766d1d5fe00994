import { z } from 'zod';
import { ageOn } from '../../platform/zone.ts';
import { personName } from '../accounts/index.ts';
import { sexes } from './patient.domain.ts';

const oldestAge = 130;

/** What a new record may hold; the scalars of the API have checked days, phone numbers and addresses by then. */
export const newPatientRules = z.object({
  firstName: personName('the first name'),
  lastName: personName('the last name').nullish(),
  birthDate: z.string().nullish(),
  age: z
    .number()
    .int()
    .min(0, 'Enter an age of 0 or more.')
    .max(oldestAge, `Enter an age of at most ${oldestAge}.`)
    .nullish(),
  sex: z.enum(sexes),
  phone: z.string().nullish(),
  email: z.string().nullish(),
  address: z.string().trim().max(300, 'Use at most 300 characters for the address.').nullish(),
  allergies: z
    .array(z.string().trim().min(1, 'Name the allergy.').max(120, 'Use at most 120 characters for an allergy.'))
    .max(50, 'Enter at most 50 allergies.')
    .nullish(),
  medicalHistory: z.string().trim().max(20_000, 'Use at most 20,000 characters for the history.').nullish(),
  smsConsent: z.boolean().nullish(),
  emailConsent: z.boolean().nullish(),
});

export type NewPatient = z.infer<typeof newPatientRules>;

/** Refuses a birth date in the future, or of somebody older than anybody. `today` is the clinic's. */
export function bornInReason(today: string) {
  return ({ birthDate }: { birthDate?: string | null }, check: z.RefinementCtx) => {
    const refuse = (message: string, field: string) => check.addIssue({ code: 'custom', message, path: [field] });
    if (birthDate == null) return;
    if (birthDate > today) refuse('Enter a birth date that is not in the future.', 'birthDate');
    else if (ageOn(birthDate, today) > oldestAge) refuse('Check the year of birth: nobody is that old.', 'birthDate');
  };
}

/** What may be changed of a record: what is left out stays, and null clears what may be empty. */
export const patientChangeRules = z.object({
  ...newPatientRules.shape,
  firstName: z.preprocess((name) => (name === null ? '' : name), personName('the first name').optional()),
  sex: z.enum(sexes, 'Choose one, or unknown.').optional(),
});

export type PatientChange = z.infer<typeof patientChangeRules>;
