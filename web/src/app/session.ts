import { defineStore } from 'pinia';
import { computed, markRaw, ref, shallowRef, watch, type Ref } from 'vue';
import {
  RefreshSessionDocument,
  SignOutDocument,
  type AuthFieldsFragment,
  type Role,
  type ViewerFieldsFragment,
} from '../gql/graphql.ts';
import { createGraphQLPort } from './apollo.ts';
import { postOperation } from './post.ts';
import { createRenewalTimer } from './renewal-timer.ts';
import { onOtherTabChange, tellOtherTabs, withOneTabAtATime } from './tabs.ts';
import { createTokenKeeper, renewalTime, type AccessToken } from './tokens.ts';

export type Viewer = ViewerFieldsFragment;
export type SessionStatus = 'restoring' | 'unreachable' | 'signedOut' | 'signedIn';

/** Why the sign-in page is shown: people should not wonder. */
export type SignOutReason = 'signedOut' | 'expired' | null;

type AuthPayload = AuthFieldsFragment | null | undefined;

interface AuthAnswer {
  token: AccessToken;
  viewer: Viewer;
}

function readAuth(payload: AuthPayload): AuthAnswer | null {
  if (!payload?.accessToken || !payload.viewer) return null;
  const renewAtMs = renewalTime(payload.accessTokenExpiresAt, Date.now());
  return { token: { value: payload.accessToken, renewAtMs }, viewer: payload.viewer };
}

/** What the session is, and the two ways it changes. */
function createSessionState() {
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
    },
    /** What was just saved about the clinic: its name and clock show on every screen. */
    changeClinic: (changes: Partial<Viewer['clinic']>) => {
      if (viewer.value) viewer.value = { ...viewer.value, clinic: { ...viewer.value.clinic, ...changes } };
    },
    leave: (reason: SignOutReason) => {
      viewer.value = null;
      signOutReason.value = reason;
      status.value = 'signedOut';
    },
  };
}

/** Holds the tokens and the connections, and moves the session between signed in and signed out. */
function createConnections({ enter, leave, status }: ReturnType<typeof createSessionState>) {
  const tokens = createTokenKeeper({ renew: () => withOneTabAtATime(renew) });
  const timer = createRenewalTimer({ renew: tokens.renewNow, renewAtMs: tokens.renewAtMs });
  const { client, live } = createGraphQLPort(tokens);

  function take({ token, viewer }: AuthAnswer): AccessToken {
    tokens.set(token);
    enter(viewer);
    timer.start();
    return token;
  }

  async function drop(reason: SignOutReason): Promise<void> {
    timer.stop();
    tokens.set(null);
    leave(reason);
    client.stop();
    await client.clearStore();
  }

  async function renew(): Promise<AccessToken | null> {
    const data = await postOperation(RefreshSessionDocument, {});
    const answer = readAuth(data?.refreshSession);
    if (answer) return take(answer);
    await drop(status.value === 'signedIn' ? 'expired' : null);
    return null;
  }

  return { client, live, take, drop, renewNow: tokens.renewNow, wake: timer.wake };
}

/** Settles once it is known whether somebody is signed in; an unreachable server keeps it waiting. */
function settledStatus(status: Readonly<Ref<SessionStatus>>): Promise<void> {
  return new Promise((resolve) => {
    watch(status, (next) => {
      if (next === 'signedIn' || next === 'signedOut') resolve();
    });
  });
}

export const useSession = defineStore('session', () => {
  const state = createSessionState();
  const { client, live, take, drop, renewNow, wake } = createConnections(state);
  const { status, viewer, signOutReason, clockOffsetMs } = state;

  onOtherTabChange(() => location.reload());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') wake();
  });

  return {
    status,
    viewer,
    signOutReason,
    clockOffsetMs,
    settled: settledStatus(status),
    role: computed<Role | null>(() => viewer.value?.role ?? null),
    client: markRaw(client),
    live: markRaw(live),
    renewNow,
    changeClinic: state.changeClinic,
    /** Asks the server, once at the start, whether this browser still has a session. */
    restore: async (): Promise<void> => {
      status.value = 'restoring';
      await renewNow().catch(() => {
        status.value = 'unreachable';
      });
    },
    /** Takes the answer of signing in or registering; false when it holds no session. */
    begin: async (payload: AuthPayload): Promise<boolean> => {
      const answer = readAuth(payload);
      if (!answer) return false;
      await client.clearStore();
      take(answer);
      tellOtherTabs();
      return true;
    },
    signOut: async (): Promise<void> => {
      await client.mutate({ mutation: SignOutDocument }).catch(() => undefined);
      await drop('signedOut');
      tellOtherTabs();
    },
  };
});

/**
 * The signed-in viewer, for screens that exist only behind sign-in. While the session ends they keep the last one, so
 * that nothing breaks in the moment before the sign-in page is there.
 */
export function useViewer() {
  const session = useSession();
  const last = shallowRef(session.viewer);
  watch(
    () => session.viewer,
    (next) => {
      last.value = next ?? last.value;
    },
    { flush: 'sync' },
  );
  return computed<Viewer>(() => {
    if (!last.value) throw new Error('This screen needs a signed-in viewer.');
    return last.value;
  });
}
