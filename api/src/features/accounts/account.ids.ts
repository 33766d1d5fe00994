import { defineIdKind } from '../../platform/ids.ts';

export const userId = defineIdKind('User', 0xa11);
export const membershipId = defineIdKind('Membership', 0xa12);
export const sessionId = defineIdKind('Session', 0xa13);
export const refreshTokenId = defineIdKind('RefreshToken', 0xa14);
export const doctorId = defineIdKind('Doctor', 0xa03);
