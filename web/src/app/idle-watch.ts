import { ref } from 'vue';
import type { IdleClock } from './idle-clock.ts';

const inputEvents = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'scroll'] as const;
const tickMs = 1_000;

export interface IdleWatchOptions {
  clock: IdleClock;
  /** Tells the server that somebody is here. */
  tell: () => Promise<unknown>;
  /** Nobody was, for too long. */
  end: () => void;
}

interface IdleNews {
  readonly inputAtMs?: number;
  readonly toldAtMs?: number;
}

/** Tells the server that somebody is here, once at a time. */
function createTeller({ clock, tell }: IdleWatchOptions, share: (news: IdleNews) => void) {
  let isTelling = false;
  return (): void => {
    if (isTelling || !clock.mustTell()) return;
    isTelling = true;
    tell()
      .then(() => {
        clock.noteTold();
        share({ toldAtMs: Date.now() });
      })
      // Out of reach: it is told at the next look.
      .catch(() => undefined)
      .finally(() => {
        isTelling = false;
      });
  };
}

/** Listens for input in this tab and the others, and ends the session when there is none. */
export function createIdleWatch(options: IdleWatchOptions) {
  const { clock, end } = options;
  /** Seconds until the end, while it is near enough to ask; else null. */
  const secondsLeft = ref<number | null>(null);
  const channel = new BroadcastChannel('clinigraph.activity');
  const tellIfDue = createTeller(options, (news) => channel.postMessage(news));
  let timer: ReturnType<typeof setInterval> | undefined;
  let sharedAtMs = 0;

  function look(): void {
    if (timer === undefined) return;
    tellIfDue();
    const leftMs = clock.leftMs();
    secondsLeft.value = leftMs <= clock.warnMs() ? Math.max(0, Math.ceil(leftMs / 1_000)) : null;
    if (leftMs <= 0) end();
  }

  function onInput(): void {
    const nowMs = Date.now();
    if (nowMs - sharedAtMs < tickMs && secondsLeft.value === null) return;
    sharedAtMs = nowMs;
    // A laptop that wakes after its time must not be saved by the touch that wakes it.
    if (clock.leftMs() > 0) {
      clock.noteInput(nowMs);
      channel.postMessage({ inputAtMs: nowMs } satisfies IdleNews);
    }
    if (secondsLeft.value !== null || clock.leftMs() <= 0) look();
  }

  channel.addEventListener('message', ({ data }: MessageEvent<IdleNews>) => {
    if (data.inputAtMs !== undefined) clock.noteInput(data.inputAtMs);
    if (data.toldAtMs !== undefined) clock.noteTold(data.toldAtMs);
    if (secondsLeft.value !== null) look();
  });
  for (const event of inputEvents) window.addEventListener(event, onInput, { capture: true, passive: true });

  return {
    secondsLeft,
    start: () => {
      clock.noteInput();
      clock.noteTold();
      clearInterval(timer);
      timer = setInterval(look, tickMs);
    },
    stop: () => {
      clearInterval(timer);
      timer = undefined;
      secondsLeft.value = null;
    },
    /** After sleep a timer may be late: looks at once. */
    wake: look,
  };
}
