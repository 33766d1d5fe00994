import { defineStore } from 'pinia';
import { computed, markRaw, shallowRef, watch, type Ref } from 'vue';
import { createRetryPause } from '../composables/wait-before-retry.ts';
import { SignOutDocument, type Role } from '../gql/graphql.ts';
import { forgetDrafts } from './drafts.ts';
import { createConnections } from './session-connections.ts';
import {
  contextOf,
  createSessionState,
  readAuth,
  type AuthPayload,
  type SessionState,
  type SessionStatus,
  type SignOutReason,
  type Viewer,
} from './session-state.ts';
import { onOtherTabChange, tellOtherTabs, withOneTabAtATime, type SessionNews } from './tabs.ts';

export type { AuthPayload, SessionStatus, Viewer } from './session-state.ts';

type Connections = ReturnType<typeof createConnections>;

/** Settles once it is known whether somebody is signed in; an unreachable server keeps it waiting. */
function settledStatus(status: Readonly<Ref<SessionStatus>>): Promise<void> {
  return new Promise((resolve) => {
    watch(status, (next) => {
      if (next === 'signedIn' || next === 'signedOut') resolve();
    });
  });
}

/** True once somebody is signed in, if need be after the session had ended; false when they left. */
function backIn(status: Readonly<Ref<SessionStatus>>): Promise<boolean> {
  if (status.value !== 'ended') return Promise.resolve(status.value === 'signedIn');
  return new Promise((resolve) => {
    const stop = watch(status, (next) => {
      stop();
      resolve(next === 'signedIn');
    });
  });
}

/** What another tab did to the session that all tabs share. */
function followOtherTabs({ status, viewer }: SessionState, { goOn, askForSession }: Connections): void {
  async function rejoin(): Promise<void> {
    const answer = await withOneTabAtATime(() => askForSession(false)).catch(() => null);
    if (answer && status.value === 'ended') goOn(answer);
  }

  onOtherTabChange((news: SessionNews) => {
    if (news.kind === 'signedOut' && status.value === 'signedOut') return;
    const isSame = news.kind === 'signedIn' && viewer.value !== null && news.as === contextOf(viewer.value);
    if (!isSame) location.reload();
    else if (status.value === 'ended') void rejoin();
  });
}

/** Asks the server, once at the start and until it answers, whether this browser still has a session. */
function createRestore({ status }: SessionState, { renewNow }: Connections) {
  const pause = createRetryPause();

  async function restore(): Promise<void> {
    status.value = 'restoring';
    for (let failures = 0; ; failures += 1) {
      try {
        await renewNow();
        return;
      } catch {
        status.value = 'unreachable';
        await pause.wait(failures);
      }
    }
  }

  return { restore, restoreNow: () => pause.cut() };
}

/** The ways in and out that people choose. */
function createDoors(state: SessionState, { client, take, drop, goOn }: Connections) {
  const announce = (viewer: Viewer): void => tellOtherTabs({ kind: 'signedIn', as: contextOf(viewer) });

  return {
    /** Takes the answer of signing in or registering; false when it holds no session. */
    begin: async (payload: AuthPayload): Promise<boolean> => {
      const answer = readAuth(payload);
      if (!answer) return false;
      await client.clearStore();
      take(answer);
      announce(answer.viewer);
      return true;
    },
    /** Takes new tokens for the session as it is, e.g. after a new password. */
    keep: (payload: AuthPayload): void => {
      const answer = readAuth(payload);
      if (answer) take(answer);
    },
    /** Goes on under the same person where the session had ended. False when the answer holds no session. */
    resume: (payload: AuthPayload): boolean => {
      const answer = readAuth(payload);
      if (!answer) return false;
      goOn(answer);
      announce(answer.viewer);
      return true;
    },
    /** Starts the app anew with the session of this answer: another clinic, or another person. False when it holds none. */
    startClean: (payload: AuthPayload): boolean => {
      const answer = readAuth(payload);
      if (!answer) return false;
      announce(answer.viewer);
      location.assign('/');
      return true;
    },
    signOut: async (reason: SignOutReason = 'signedOut'): Promise<void> => {
      if (state.status.value === 'signedIn') {
        forgetDrafts();
        await client.mutate({ mutation: SignOutDocument }).catch(() => undefined);
        tellOtherTabs({ kind: 'signedOut' });
      }
      await drop(reason);
    },
    /** After the session has ended: leaves nothing of it behind on the screen or in memory. */
    leaveForGood: (): void => {
      forgetDrafts();
      tellOtherTabs({ kind: 'signedOut' });
      location.assign('/sign-in');
    },
  };
}

export const useSession = defineStore('session', () => {
  const state = createSessionState();
  const connections = createConnections(state);
  const { client, live, idle, renewNow, wake } = connections;
  const { status, viewer, signOutReason, clockOffsetMs } = state;

  followOtherTabs(state, connections);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible') return;
    wake();
    idle.wake();
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
    /** Seconds until the session ends for want of input, while the end is near; else null. */
    idleSecondsLeft: idle.secondsLeft,
    renewNow,
    changeClinic: state.changeClinic,
    untilBack: () => backIn(status),
    ...createRestore(state, connections),
    ...createDoors(state, connections),
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
