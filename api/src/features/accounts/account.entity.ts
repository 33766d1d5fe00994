import { defineEntity, p } from '@mikro-orm/postgresql';
import type { Role } from '../../access/roles.ts';

/** A person with a password; the same in every clinic. */
export const UserAccountEntity = defineEntity({
  name: 'UserAccount',
  tableName: 'user_account',
  properties: {
    id: p.uuid().primary(),
    email: p.text(),
    emailFolded: p.text(),
    /** Null while an invitation is open. */
    passwordHash: p.text().nullable(),
    locale: p.text(),
    phone: p.text().nullable(),
    createdAt: p.datetime(),
  },
});

/** A person's place in one clinic, under the name they go by there. */
export const MembershipEntity = defineEntity({
  name: 'Membership',
  tableName: 'membership',
  properties: {
    id: p.uuid().primary(),
    clinicId: p.uuid(),
    userId: p.uuid(),
    displayName: p.text(),
    role: p.text().$type<Role>(),
    active: p.boolean(),
    acceptedAt: p.datetime().nullable(),
    /** Counted up, the address of the member's calendar is another one. */
    calendarVersion: p.integer(),
    createdAt: p.datetime(),
  },
});

/** A signed-in device, and the clinic it looks at. */
export const SessionEntity = defineEntity({
  name: 'Session',
  tableName: 'session',
  properties: {
    id: p.uuid().primary(),
    userId: p.uuid(),
    currentClinicId: p.uuid(),
    userAgent: p.text().nullable(),
    ipAddress: p.text().nullable(),
    createdAt: p.datetime(),
    lastUsedAt: p.datetime(),
    lastActiveAt: p.datetime(),
    expiresAt: p.datetime(),
    revokedAt: p.datetime().nullable(),
  },
});

/** Only a hash: whoever reads the table cannot sign in with it. */
export const RefreshTokenEntity = defineEntity({
  name: 'RefreshToken',
  tableName: 'refresh_token',
  properties: {
    id: p.uuid().primary(),
    sessionId: p.uuid(),
    userId: p.uuid(),
    tokenHash: p.text(),
    createdAt: p.datetime(),
    usedAt: p.datetime().nullable(),
  },
});

/** A doctor's profile: never the user, so a doctor can be booked before they have an account. */
export const DoctorEntity = defineEntity({
  name: 'Doctor',
  tableName: 'doctor',
  properties: {
    id: p.uuid().primary(),
    clinicId: p.uuid(),
    userId: p.uuid().nullable(),
    name: p.text(),
    specialty: p.text().nullable(),
    licenceNumber: p.text().nullable(),
    active: p.boolean(),
    createdAt: p.datetime(),
  },
});

/** What a doctor earns: a table of its own, for the doctor and the owner alone. */
export const DoctorTermsEntity = defineEntity({
  name: 'DoctorTerms',
  tableName: 'doctor_terms',
  properties: {
    doctorId: p.uuid().primary(),
    clinicId: p.uuid(),
    sharePercent: p.decimal('string'),
  },
});
