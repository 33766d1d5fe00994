import type { WebSocket } from 'ws';
import { Ctx, type Runtime } from '../access/ctx.ts';
import type { Viewer } from '../access/viewer.ts';
import { idleSince, sessionStates } from '../features/accounts/index.ts';
import { noCaller } from './runtime.ts';

const lookEveryMs = 2_000;

/** The protocol's close code for a caller who is not, or no longer, signed in: a client signs in again and comes back. */
const unauthorized = 4401;

interface Watched {
  sessionId: string;
  state: string;
}

/**
 * Ends open sockets whose session was revoked or idle for too long, whose member was switched off, or got another role or
 * clinic. Updates are checked one by one as they come; this is for the sockets on which nothing happens.
 */
export class SocketGuard {
  readonly #runtime: Runtime;
  readonly #sockets = new Map<WebSocket, Watched>();
  readonly #timer: NodeJS.Timeout;
  #isLooking = false;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
    this.#timer = setInterval(() => void this.#look(), lookEveryMs);
    this.#timer.unref();
  }

  /** Watches a socket as the session it came with is now. */
  watch(socket: WebSocket, viewer: Viewer | null): void {
    if (viewer === null) return;
    if (!this.#sockets.has(socket)) socket.once('close', () => this.#sockets.delete(socket));
    this.#sockets.set(socket, { sessionId: viewer.sessionId, state: stateOf(viewer) });
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#isLooking || this.#sockets.size === 0) return;
    this.#isLooking = true;
    try {
      const ctx = new Ctx(this.#runtime, noCaller, null);
      const ids = [...new Set([...this.#sockets.values()].map(({ sessionId }) => sessionId))];
      const rows = await ctx.rows(sessionStates(ids, ctx.realClock.now(), idleSince(ctx)));
      const asked = new Set(ids);
      const states = new Map(rows.map(({ sessionId, state }) => [sessionId, state]));
      for (const [socket, { sessionId, state }] of this.#sockets) {
        if (asked.has(sessionId) && states.get(sessionId) !== state)
          socket.close(unauthorized, 'The session has ended');
      }
    } catch (error) {
      // Without the database nothing can be looked at, and nothing is sent either; the next look is soon.
      this.#runtime.log.warn({ err: error }, 'open sockets could not be checked');
    } finally {
      this.#isLooking = false;
    }
  }
}

/** The same words as the directory's session_states. */
const stateOf = ({ clinicId, role, doctorId, patientId }: Viewer): string =>
  [clinicId, role, doctorId, patientId].filter((part) => part !== null).join(' ');
