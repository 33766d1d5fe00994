import { useQuery } from '@vue/apollo-composable';
import { computed, ref, watch } from 'vue';
import { toAppError } from '../../app/errors.ts';
import { useViewer } from '../../app/session.ts';
import { SetUpStateDocument } from '../../gql/graphql.ts';
import { doneSteps, isBookable, nextPlace, type SetUpFacts, type SetUpStep } from './set-up.ts';

interface Remembered {
  readonly skipped: readonly string[];
  readonly isDismissed: boolean;
}

const nothing: Remembered = { skipped: [], isDismissed: false };

function recall(key: string): Remembered {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    if (typeof stored !== 'object' || stored === null) return nothing;
    const skipped = 'skipped' in stored && Array.isArray(stored.skipped) ? stored.skipped.map(String) : [];
    return { skipped, isDismissed: 'isDismissed' in stored && stored.isDismissed === true };
  } catch {
    return nothing;
  }
}

function remember(key: string, value: Remembered): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A shut storage forgets what was skipped, no more.
  }
}

/** How far a clinic's set-up is: done by its data, skipped by this browser. */
export function useSetUp() {
  const viewer = useViewer();
  const key = computed(() => `clinigraph.setUp:${viewer.value.clinic.id}`);
  const kept = ref(recall(key.value));
  watch(key, (next) => {
    kept.value = recall(next);
  });
  const query = useQuery(SetUpStateDocument, {}, { fetchPolicy: 'network-only' });
  const state = computed(() => query.result.value ?? null);
  const facts = computed<SetUpFacts | null>(() => {
    const found = state.value;
    if (!found) return null;
    return {
      hasContact: Boolean(found.viewer?.clinic.address ?? found.viewer?.clinic.phone),
      hasHours: found.doctors.some(({ schedule }) => schedule.length > 0),
      serviceCount: found.services.length,
      staffCount: found.staff?.length ?? 1,
      patientCount: found.patients?.totalCount ?? 0,
      appointmentCount: found.appointments?.totalCount ?? 0,
    };
  });
  const done = computed(() => (facts.value ? doneSteps(facts.value) : new Set<SetUpStep>()));
  const skipped = computed(() => new Set(kept.value.skipped));

  function keep(changes: Partial<Remembered>): void {
    kept.value = { ...kept.value, ...changes };
    remember(key.value, kept.value);
  }

  return {
    facts,
    doctors: computed(() => state.value?.doctors ?? []),
    ownMembershipId: computed(
      () => state.value?.staff?.find(({ user }) => user.id === viewer.value.user?.id)?.id ?? null,
    ),
    done,
    skipped,
    next: computed(() => nextPlace(done.value, skipped.value)),
    isBookable: computed(() => facts.value !== null && isBookable(facts.value)),
    /** Worth showing on the first screen: something to do is left, and nobody said to stop asking. */
    isOpen: computed(() => facts.value !== null && facts.value.appointmentCount === 0 && !kept.value.isDismissed),
    error: computed(() => (query.error.value && !state.value ? toAppError(query.error.value) : null)),
    skip: (step: SetUpStep) => keep({ skipped: [...new Set([...kept.value.skipped, step])] }),
    dismiss: () => keep({ isDismissed: true }),
    refetch: async (): Promise<void> => {
      await query.refetch()?.catch(() => undefined);
    },
  };
}
