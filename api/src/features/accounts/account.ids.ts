import { defineIdKind } from '../../platform/ids.ts';

export const userId = defineIdKind('User', 0xa11);
export const membershipId = defineIdKind('Membership', 0xa12);
export const sessionId = defineIdKind('Session', 0xa13);
export const refreshTokenId = defineIdKind('RefreshToken', 0xa14);
export const recoveryCodeId = defineIdKind('RecoveryCode', 0xa15);
export const invitationId = defineIdKind('Invitation', 0xa16);
export const passwordResetId = defineIdKind('PasswordReset', 0xa17);
export const accountMailId = defineIdKind('AccountMail', 0xa18);
export const doctorId = defineIdKind('Doctor', 0xa03);
