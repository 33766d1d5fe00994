import { computed, onScopeDispose, ref } from 'vue';
import { useSession } from '../app/session.ts';
import { dayOf } from './clinic-time.ts';

const tickMs = 15_000;
const deviceNowMs = ref(Date.now());
let users = 0;
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  deviceNowMs.value = Date.now();
}

/** The clinic's now and today, ticking every 15 seconds. A sandbox's moved clock and a wrong device clock are both in the offset. */
export function useClinicClock() {
  const session = useSession();
  users += 1;
  if (users === 1) {
    tick();
    timer = setInterval(tick, tickMs);
    document.addEventListener('visibilitychange', tick);
  }
  onScopeDispose(() => {
    users -= 1;
    if (users > 0) return;
    clearInterval(timer);
    document.removeEventListener('visibilitychange', tick);
  });

  const nowMs = computed(() => deviceNowMs.value + session.clockOffsetMs);
  const zone = computed(() => session.viewer?.clinic.timeZone ?? 'UTC');
  const today = computed(() => dayOf(nowMs.value, zone.value));
  return { nowMs, today };
}
