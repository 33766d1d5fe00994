import { computed } from 'vue';
import { useRouter, type RouteLocationRaw } from 'vue-router';
import { useSession } from '../../app/session.ts';

/** Who comes from a clinic's page with a time in hand. */
type AskState = 'stranger' | 'patient' | 'staff' | 'elsewhere';

/** The way from a clinic's page to an appointment there. Service, doctor and time come along, whoever has to sign in first. */
export function useAskAt(slug: () => string, wish: () => Record<string, string>) {
  const session = useSession();
  const router = useRouter();
  const state = computed<AskState>(() => {
    if (session.status !== 'signedIn' || !session.viewer) return 'stranger';
    if (session.viewer.clinic.slug !== slug()) return 'elsewhere';
    return session.role === 'PATIENT' ? 'patient' : 'staff';
  });
  const bookPath = (): string => router.resolve({ path: '/book', query: wish() }).fullPath;
  const doorWith = (path: '/register' | '/sign-in'): RouteLocationRaw => ({
    path,
    query: { clinic: slug(), redirect: bookPath() },
  });

  return {
    state,
    clinicName: computed(() => session.viewer?.clinic.name ?? ''),
    /** Where to go on; null while somebody has to say first whether they leave the session they are in. */
    next: computed<RouteLocationRaw | null>(() => {
      if (state.value === 'elsewhere') return null;
      if (state.value === 'patient') return bookPath();
      return state.value === 'staff' ? { path: '/new-appointment', query: wish() } : doorWith('/register');
    }),
    leaveAndGoOn: async (): Promise<void> => {
      const door = doorWith('/sign-in');
      await session.signOut();
      await router.replace(door);
    },
  };
}
