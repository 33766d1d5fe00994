import { computed } from 'vue';
import { useRouter, type RouteLocationRaw } from 'vue-router';
import { useSession } from '../../app/session.ts';

/** Where "Ask for an appointment" leads, by who is looking. */
type AskState = 'stranger' | 'patient' | 'staff' | 'elsewhere';

/** The way from a clinic's public page to an appointment there; the clinic, service and doctor come along. */
export function useAskAt(slug: () => string) {
  const session = useSession();
  const router = useRouter();
  const state = computed<AskState>(() => {
    if (session.status !== 'signedIn' || !session.viewer) return 'stranger';
    if (session.viewer.clinic.slug !== slug()) return 'elsewhere';
    return session.role === 'PATIENT' ? 'patient' : 'staff';
  });

  const bookPath = (wish: Record<string, string>): string => router.resolve({ path: '/book', query: wish }).fullPath;

  function target(wish: Record<string, string>): RouteLocationRaw {
    if (state.value === 'patient') return bookPath(wish);
    if (state.value === 'staff') return '/new-appointment';
    return { path: '/register', query: { clinic: slug(), redirect: bookPath(wish) } };
  }

  return {
    state,
    clinicName: computed(() => session.viewer?.clinic.name ?? ''),
    signInAt: computed<RouteLocationRaw>(() => ({
      path: '/sign-in',
      query: { clinic: slug(), redirect: bookPath({}) },
    })),
    /** Goes on to the request; somebody who is signed in at another clinic leaves that session first. */
    ask: async (wish: Record<string, string> = {}): Promise<void> => {
      const next = target(wish);
      if (state.value === 'elsewhere') {
        await session.signOut();
        await router.push({ path: '/register', query: { clinic: slug(), redirect: bookPath(wish) } });
        return;
      }
      await router.push(next);
    },
  };
}
