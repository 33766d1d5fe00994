import { ref, shallowRef } from 'vue';
import type { AuthFieldsFragment, ViewerFieldsFragment } from '../gql/graphql.ts';
import { rememberSignedIn } from '../composables/signed-in-hint.ts';
import { renewalTime, type AccessToken } from './tokens.ts';

export type Viewer = ViewerFieldsFragment;

/** `ended`: by itself, while somebody was at work; the screen waits under a cover until they sign in again. */
export type SessionStatus = 'restoring' | 'unreachable' | 'signedOut' | 'signedIn' | 'ended';

/** Why the sign-in page is shown: people should not wonder. */
export type SignOutReason = 'signedOut' | 'passwordSet' | null;

export type AuthPayload = AuthFieldsFragment | null | undefined;

export interface AuthAnswer {
  readonly token: AccessToken;
  readonly viewer: Viewer;
}

export function readAuth(payload: AuthPayload): AuthAnswer | null {
  if (!payload?.accessToken || !payload.viewer) return null;
  const renewAtMs = renewalTime(payload.accessTokenExpiresAt, Date.now());
  return { token: { value: payload.accessToken, renewAtMs }, viewer: payload.viewer };
}

/** Who is at work, where, as what: when it changes, the app starts anew, for every screen was drawn for the old one. */
export function contextOf({ user, clinic, role }: Viewer): string {
  return [user?.id, clinic.id, role].join(' ');
}

/** What the session is, and the ways it changes. */
export function createSessionState() {
  const status = ref<SessionStatus>('restoring');
  const viewer = shallowRef<Viewer | null>(null);
  const signOutReason = ref<SignOutReason>(null);
  /** How far the clinic's clock is from this device's, milliseconds. */
  const clockOffsetMs = ref(0);

  return {
    status,
    viewer,
    signOutReason,
    clockOffsetMs,
    enter: (next: Viewer) => {
      viewer.value = next;
      clockOffsetMs.value = Date.parse(next.clinic.now) - Date.now();
      signOutReason.value = null;
      status.value = 'signedIn';
      rememberSignedIn(true);
    },
    leave: (reason: SignOutReason) => {
      viewer.value = null;
      signOutReason.value = reason;
      status.value = 'signedOut';
      rememberSignedIn(false);
    },
    /** What was just saved about the clinic: its name and clock show on every screen. */
    changeClinic: (changes: Partial<Viewer['clinic']>) => {
      if (viewer.value) viewer.value = { ...viewer.value, clinic: { ...viewer.value.clinic, ...changes } };
    },
    /** Keeps the person, so that they can go on where they were. */
    cover: () => {
      status.value = 'ended';
    },
  };
}

export type SessionState = ReturnType<typeof createSessionState>;
