import { RefreshSessionDocument, SignOutDocument, StillHereDocument } from '../gql/graphql.ts';
import { createGraphQLPort } from './apollo.ts';
import { createIdleClock } from './idle-clock.ts';
import { createIdleWatch } from './idle-watch.ts';
import { reloadInNewPlace } from './place-changed.ts';
import { postOperation } from './post.ts';
import { createRenewalTimer } from './renewal-timer.ts';
import { fetchServerConfig } from './server-config.ts';
import { contextOf, readAuth, type AuthAnswer, type SessionState, type SignOutReason } from './session-state.ts';
import { withOneTabAtATime } from './tabs.ts';
import { createTokenKeeper, type AccessToken } from './tokens.ts';

const minuteMs = 60_000;

/** How long this person stays signed in without doing anything; patients, on their own devices, for as long as they like. */
function createIdleLimit({ viewer }: SessionState) {
  let idleMinutes = 0;
  return {
    ms: (): number => (viewer.value?.role === 'PATIENT' ? 0 : idleMinutes * minuteMs),
    load: async (): Promise<void> => {
      if (idleMinutes === 0) ({ idleMinutes } = await fetchServerConfig());
    },
  };
}

/** Asks the server for a new token by the cookie. Throws when it is out of reach, which is no sign of anything. */
async function askForSession(isBackground: boolean): Promise<AuthAnswer | null> {
  const data = await postOperation(RefreshSessionDocument, {}, { isBackground });
  return readAuth(data?.refreshSession);
}

/** Everything that runs while somebody is signed in, and is silent otherwise. */
function createClockwork(state: SessionState, renew: () => Promise<AccessToken | null>, end: () => void) {
  const idleLimit = createIdleLimit(state);
  const clock = createIdleClock(idleLimit.ms);
  const tokens = createTokenKeeper({ renew: () => withOneTabAtATime(renew) });
  const timer = createRenewalTimer({ renew: tokens.renewNow, renewAtMs: tokens.renewAtMs });
  const { client, live } = createGraphQLPort(tokens, clock);
  const idle = createIdleWatch({
    clock,
    tell: () => client.query({ query: StillHereDocument, fetchPolicy: 'no-cache' }),
    end,
  });

  return {
    clock,
    tokens,
    timer,
    client,
    live,
    idle,
    begin: () => {
      idle.start();
      void idleLimit.load();
    },
    stop: () => {
      timer.stop();
      idle.stop();
    },
  };
}

/** Holds the tokens and the connections, and moves the session between signed in, ended and signed out. */
export function createConnections(state: SessionState) {
  const { status, viewer } = state;
  const { clock, tokens, timer, client, live, idle, begin, stop } = createClockwork(state, renew, () => void endIdle());

  function take(answer: AuthAnswer): AccessToken {
    const { token } = answer;
    if (viewer.value !== null && contextOf(viewer.value) !== contextOf(answer.viewer)) {
      reloadInNewPlace();
      return token;
    }
    const isNew = status.value !== 'signedIn';
    tokens.set(token);
    state.enter(answer.viewer);
    timer.start();
    if (isNew) begin();
    return token;
  }

  /** The session is over, but what is on the screen is not: it waits until the same person is back. */
  function cover(): void {
    stop();
    state.cover();
  }

  async function drop(reason: SignOutReason): Promise<void> {
    stop();
    tokens.set(null);
    state.leave(reason);
    client.stop();
    await client.clearStore();
  }

  async function renew(): Promise<AccessToken | null> {
    if (status.value === 'ended') return null;
    const answer = await askForSession(status.value === 'signedIn' && clock.isBackground());
    if (answer) return take(answer);
    tokens.set(null);
    if (status.value === 'signedIn') cover();
    else await drop(null);
    return null;
  }

  const isCovered = (): boolean => status.value === 'ended';

  async function endIdle(): Promise<void> {
    if (status.value !== 'signedIn') return;
    cover();
    // The server would end it within the next minutes: whoever comes by meanwhile must not be let in by a reload.
    await client.mutate({ mutation: SignOutDocument }).catch(() => undefined);
    if (isCovered()) tokens.set(null);
  }

  /** Goes on where the session had ended: what is on screen is asked for anew, live updates come back by themselves. */
  function goOn(answer: AuthAnswer): void {
    take(answer);
    void client.refetchQueries({ include: 'active' });
  }

  return { client, live, idle, take, drop, goOn, askForSession, renewNow: tokens.renewNow, wake: timer.wake };
}
