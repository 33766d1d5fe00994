import { inTransaction, lockInOrder, type Transaction } from '../../platform/db/transaction.ts';
import { DomainError } from '../../platform/errors.ts';
import type { Ctx } from '../../access/ctx.ts';
import type { Role } from '../../access/roles.ts';
import { foldEmail } from './account.domain.ts';
import { DoctorEntity, MembershipEntity, UserAccountEntity } from './account.entity.ts';
import { doctorId, membershipId, userId } from './account.ids.ts';
import { accountForSignIn, ownPassword, setPassword } from './account.queries.ts';
import { hashPassword } from './password.ts';
import { checkCredentials, wrongCredentials } from './sign-in.service.ts';

export interface Person {
  id: string;
  isNew: boolean;
  /** The hash of a password that is chosen now; null when the account has its own. */
  passwordHash: string | null;
}

/**
 * A known address needs its own password; an unknown one becomes a new account. One that was only ever invited has no
 * password yet: it is chosen now, and the invitation stays open until its own link is used.
 */
export async function findOrPreparePerson(ctx: Ctx, email: string, chosen: string): Promise<Person> {
  const account = await ctx.first(accountForSignIn(foldEmail(email)));
  if (account !== null && account.passwordHash !== null) {
    const known = await checkCredentials(ctx, email, chosen);
    if (known === null) throw wrongCredentials(['password']);
    return { id: known.userId, isNew: false, passwordHash: null };
  }
  const id = account?.userId ?? userId.make(ctx.realClock.now());
  return { id, isNew: account === null, passwordHash: await hashPassword(chosen) };
}

export interface NewMember {
  person: Person;
  email: string;
  locale: string;
  name: string;
  role: Role;
}

/** Writes the account of a person who has none, or the password of one who was only invited so far. */
export async function addAccount(
  tx: Transaction,
  { person, email, locale }: Pick<NewMember, 'person' | 'email' | 'locale'>,
): Promise<void> {
  const { id, isNew, passwordHash } = person;
  if (!isNew) {
    if (passwordHash !== null) await setFirstPassword(tx, id, passwordHash);
    return;
  }
  const emailFolded = foldEmail(email);
  tx.em.create(UserAccountEntity, { id, email, emailFolded, passwordHash, locale, phone: null, createdAt: tx.realNow });
  await tx.em.flush();
}

/** Of two links, or a link and a registration, at once the first sets the password; it is never set over. */
async function setFirstPassword(tx: Transaction, userId: string, passwordHash: string): Promise<void> {
  await lockInOrder(tx, [userId]);
  const [account] = await tx.rows(ownPassword(userId));
  if (account?.passwordHash != null)
    throw new DomainError('ALREADY_EXISTS', 'This e-mail was just registered. Sign in with it.', ['email']);
  await tx.rows(setPassword(userId, passwordHash));
}

/** Gives a person a place in the transaction's clinic, and an account when they have none. */
export async function addMember(tx: Transaction, member: NewMember): Promise<void> {
  const { person, name, role } = member;
  await addAccount(tx, member);
  tx.em.create(MembershipEntity, {
    id: membershipId.make(tx.now),
    clinicId: tx.tenant.clinicId ?? '',
    userId: person.id,
    displayName: name,
    role,
    active: true,
    acceptedAt: tx.now,
    calendarVersion: 0,
    createdAt: tx.now,
  });
  await tx.em.flush();
}

/** Adds a doctor's profile; without a user it can be booked, and an invitation links the person later. */
export function addDoctor(tx: Transaction, name: string, ofUser: string | null, specialty: string | null): string {
  const id = doctorId.make(tx.now);
  tx.em.create(DoctorEntity, {
    id,
    clinicId: tx.tenant.clinicId ?? '',
    userId: ofUser,
    name,
    specialty,
    licenceNumber: null,
    active: true,
    createdAt: tx.now,
  });
  return id;
}

export interface TeamMember {
  name: string;
  email: string;
  password: string;
  role: Exclude<Role, 'PATIENT'>;
  specialty: string | null;
}

/** Gives somebody a place on the clinic's team, a doctor with a profile of their own. */
export async function addTeamMember(
  ctx: Ctx,
  member: TeamMember,
): Promise<{ userId: string; doctorId: string | null }> {
  const { name, email, password, role, specialty } = member;
  const person = await findOrPreparePerson(ctx, email, password);
  const system = ctx.asSystem(ctx.place, person.id, ctx.actor);
  return inTransaction(system, async (tx) => {
    await addMember(tx, { person, email, locale: 'en', name, role });
    tx.audit({ action: 'membership.create', subjectId: person.id, changes: { role: [null, role] } });
    return { userId: person.id, doctorId: role === 'DOCTOR' ? addDoctor(tx, name, person.id, specialty) : null };
  });
}

/** Adds a doctor who has no account yet: they can be booked, and an invitation links the person later. */
export async function addDoctorProfile(ctx: Ctx, name: string, specialty: string | null): Promise<string> {
  return inTransaction(ctx, async (tx) => {
    const id = addDoctor(tx, name, null, specialty);
    tx.audit({ action: 'doctor.create', subjectId: id });
    return Promise.resolve(id);
  });
}
