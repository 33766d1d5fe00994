/** A user's place in one clinic. What each may do: the features' permission fragments. */
export const ROLES = ['OWNER', 'ADMIN', 'DOCTOR', 'NURSE', 'RECEPTIONIST', 'PATIENT'] as const;
export type Role = (typeof ROLES)[number];

export const SIGNED_IN: readonly Role[] = ROLES;
export const STAFF: readonly Role[] = ['OWNER', 'ADMIN', 'DOCTOR', 'NURSE', 'RECEPTIONIST'];
export const FRONT_DESK: readonly Role[] = ['OWNER', 'ADMIN', 'RECEPTIONIST'];
export const MANAGEMENT: readonly Role[] = ['OWNER', 'ADMIN'];
