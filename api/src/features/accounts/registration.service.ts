import { z } from 'zod';
import { violatedConstraint } from '../../platform/db/pg-errors.ts';
import { inTransaction, type Transaction } from '../../platform/db/transaction.ts';
import { DomainError } from '../../platform/errors.ts';
import { checkInput } from '../../platform/input.ts';
import { dayOf } from '../../platform/zone.ts';
import type { Ctx } from '../../access/ctx.ts';
import { clinicId, clinicName, openClinic, publicClinicBySlug } from '../clinics/index.ts';
import { clinicSlug, newPassword, personName } from './account.domain.ts';
import { addDoctor, addMember, findOrPreparePerson } from './membership.service.ts';
import { maximumPasswordLength, minimumPasswordLength } from './password.ts';
import { addSession, enterSession, type SignedIn } from './session.service.ts';

const password = newPassword(minimumPasswordLength, maximumPasswordLength);

const clinicRules = z.object({
  clinicName,
  slug: clinicSlug,
  timeZone: z.string(),
  currency: z.string(),
  locale: z.string().nullish(),
  ownerName: personName('your name'),
  email: z.string(),
  password,
  ownerIsDoctor: z.boolean().nullish(),
});

const patientRules = z.object({
  clinicSlug: z.string(),
  firstName: personName('your first name'),
  lastName: personName('your last name').nullish(),
  birthDate: z.string().nullish(),
  sex: z.enum(['FEMALE', 'MALE', 'OTHER', 'UNKNOWN']).nullish(),
  phone: z.string().nullish(),
  email: z.string(),
  password,
  smsConsent: z.boolean().nullish(),
});

export type OwnRecord = z.infer<typeof patientRules>;

/** patients/ makes the record; app/ connects it, because this feature comes first. */
export interface PatientRegistrar {
  registerOwnRecord(tx: Transaction, userId: string, person: OwnRecord): Promise<string>;
  /** Hands an existing record to an account; false when it has one already, or is archived. */
  linkOwnRecord(tx: Transaction, userId: string, patientId: string): Promise<boolean>;
}

let registrar: PatientRegistrar | null = null;

export function connectPatientRegistrar(connected: PatientRegistrar): void {
  registrar = connected;
}

export function patientRegistrar(): PatientRegistrar {
  if (registrar === null) throw new Error('No patient registrar is connected.');
  return registrar;
}

/**
 * Opens a clinic with its first owner, signed in.
 *
 * @throws DomainError ALREADY_EXISTS for a taken address on the web; INVALID_CREDENTIALS when the e-mail belongs to an
 * account with another password. Source: domain.md, "registerPatient or registerClinic with an address that is known".
 */
export async function registerClinic(ctx: Ctx, given: unknown): Promise<SignedIn> {
  const input = checkInput(clinicRules, given);
  const person = await findOrPreparePerson(ctx, input.email, input.password);
  const id = clinicId.make(ctx.realClock.now());
  const { slug, timeZone, currency, ownerName } = input;
  const locale = input.locale ?? 'en';
  const system = ctx.asSystem({ clinicId: id, clockOffsetMs: 0 }, person.id, {
    ...ctx.actor,
    userId: person.id,
    name: ownerName,
    role: 'OWNER',
  });
  const session = await refusingTaken(() =>
    inTransaction(system, async (tx) => {
      await openClinic(tx, { id, slug, name: input.clinicName, timeZone, currency, locale });
      await addMember(tx, { person, email: input.email, locale, name: ownerName, role: 'OWNER' });
      if (input.ownerIsDoctor === true) addDoctor(tx, ownerName, person.id, null);
      await tx.em.flush();
      return addSession(ctx, tx, person.id, id);
    }),
  );
  return enterSession(ctx, session.id, session.refreshToken);
}

/**
 * Gives a patient an account at a clinic and a record of their own, signed in. A new record is always made: whose an
 * older one is, the front desk decides by merging.
 *
 * @throws DomainError INVALID_INPUT for an unknown clinic or a birth date in the future, ALREADY_EXISTS for a second account there, else as registerClinic
 */
export async function registerPatient(ctx: Ctx, given: unknown): Promise<SignedIn> {
  const input = checkInput(patientRules, given);
  const clinic = await ctx.first(publicClinicBySlug(input.clinicSlug));
  if (clinic === null)
    throw new DomainError('INVALID_INPUT', 'There is no clinic at this address. Check the link.', ['clinicSlug']);
  const place = { clinicId: clinic.id, clockOffsetMs: clinic.clockOffsetMs };
  if (input.birthDate != null && input.birthDate > dayOf(ctx.asSystem(place).clock.now(), clinic.timeZone)) {
    throw new DomainError('INVALID_INPUT', 'Enter a birth date that is not in the future.', ['birthDate']);
  }
  const { registerOwnRecord } = patientRegistrar();
  const person = await findOrPreparePerson(ctx, input.email, input.password);
  const name = [input.firstName, input.lastName].filter((part) => part != null).join(' ');
  const system = ctx.asSystem(place, person.id, { ...ctx.actor, userId: person.id, name, role: 'PATIENT' });
  const session = await refusingTaken(() =>
    inTransaction(system, async (tx) => {
      await addMember(tx, { person, email: input.email, locale: clinic.locale, name, role: 'PATIENT' });
      await registerOwnRecord(tx, person.id, input);
      tx.audit({ action: 'patient.register', subjectId: person.id });
      return addSession(ctx, tx, person.id, clinic.id);
    }),
  );
  return enterSession(ctx, session.id, session.refreshToken);
}

const takenMessages: Record<string, [message: string, field: string[]]> = {
  clinic_slug_key: ['This address is taken. Choose another one.', ['slug']],
  user_account_email_key: ['This e-mail was just registered. Sign in with it.', ['email']],
  membership_user_key: ['You have an account at this clinic already. Sign in instead.', ['email']],
};

export async function refusingTaken<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    const taken = takenMessages[violatedConstraint(error) ?? ''];
    if (taken === undefined) throw error;
    throw new DomainError('ALREADY_EXISTS', ...taken);
  }
}
