import { defineEntity, p } from '@mikro-orm/postgresql';

/** The second factor of an account: its secret sealed, and the last step that was used, so that no code counts twice. */
export const TwoFactorEntity = defineEntity({
  name: 'TwoFactor',
  tableName: 'two_factor',
  properties: {
    userId: p.uuid().primary(),
    secretSealed: p.text(),
    lastStep: p.bigint('number'),
    /** Null until the first right code: nobody is locked out by a picture they never scanned. */
    confirmedAt: p.datetime().nullable(),
    createdAt: p.datetime(),
  },
});

/** Stands in for one code when the phone is lost. */
export const RecoveryCodeEntity = defineEntity({
  name: 'RecoveryCode',
  tableName: 'recovery_code',
  properties: {
    id: p.uuid().primary(),
    userId: p.uuid(),
    codeHash: p.text(),
    usedAt: p.datetime().nullable(),
  },
});

/** A way into a clinic for one address: onto its team, or to a patient's own record. */
export const InvitationEntity = defineEntity({
  name: 'Invitation',
  tableName: 'invitation',
  properties: {
    id: p.uuid().primary(),
    clinicId: p.uuid(),
    membershipId: p.uuid().nullable(),
    patientId: p.uuid().nullable(),
    email: p.text(),
    emailFolded: p.text(),
    tokenHash: p.text(),
    invitedBy: p.text(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    usedAt: p.datetime().nullable(),
  },
});

/** Somebody asked for a new password for an address, whether or not there is an account. */
export const PasswordResetEntity = defineEntity({
  name: 'PasswordReset',
  tableName: 'password_reset',
  properties: {
    id: p.uuid().primary(),
    emailFolded: p.text(),
    tokenHash: p.text(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    usedAt: p.datetime().nullable(),
  },
});

export type LetterStatus = 'QUEUED' | 'SENT' | 'FAILED' | 'SKIPPED';

/** A letter about an account. Its body says {link} where the link goes, which is made when it is sent. */
export const AccountMailEntity = defineEntity({
  name: 'AccountMail',
  tableName: 'account_mail',
  properties: {
    id: p.uuid().primary(),
    recipient: p.text(),
    subject: p.text(),
    body: p.text(),
    linkPath: p.text(),
    linkFor: p.uuid(),
    status: p.text().$type<LetterStatus>(),
    attempts: p.integer(),
    error: p.text().nullable(),
    dueAt: p.datetime(),
    sentAt: p.datetime().nullable(),
    createdAt: p.datetime(),
  },
});
