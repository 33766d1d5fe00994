import { useQuery } from '@vue/apollo-composable';
import { computed, toValue, type MaybeRefOrGetter, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter, type RouteLocationRaw } from 'vue-router';
import { usePreferences, type Theme } from '../app/preferences.ts';
import { frontDesk, staff, type MenuEntry } from '../app/sections.ts';
import { useSession } from '../app/session.ts';
import { startOfDay } from '../composables/clinic-time.ts';
import { useClinicClock } from '../composables/useClinicClock.ts';
import { useFormat } from '../composables/useFormat.ts';
import { personFacts } from '../features/patients/person-facts.ts';
import { usePatientSearch } from '../features/patients/usePatientSearch.ts';
import { PaletteAppointmentsDocument } from '../gql/graphql.ts';
import { foldText, matchesWords } from './palette-match.ts';
import { useShell } from './shell.ts';

interface PaletteItem {
  label: string;
  suffix?: string;
  icon: string;
  kbds?: string[];
  onSelect: () => void;
}

interface PaletteGroup {
  id: string;
  label: string;
  items: PaletteItem[];
  ignoreFilter?: boolean;
}

interface PaletteOptions {
  term: Ref<string>;
  isOpen: Ref<boolean>;
  menu: MaybeRefOrGetter<readonly MenuEntry[]>;
  close: () => void;
}

const daysAhead = 14;
const mostAppointments = 6;
const dayMs = 24 * 60 * 60 * 1_000;

/** What the palette offers: people and appointments as the server finds them, and the pages and steps of the role. */
export function usePaletteGroups({ term, isOpen, menu, close }: PaletteOptions) {
  const { t } = useI18n();
  const router = useRouter();
  const session = useSession();
  const isStaff = computed(() => staff.some((role) => role === session.role));
  const go = (to: RouteLocationRaw): void => {
    close();
    void router.push(to);
  };

  const people = usePatients(term, isStaff, isOpen, go);
  const visits = useAppointments(term, isStaff, isOpen, go);
  const steps = useSteps(go, close);
  const pages = computed<PaletteGroup>(() => ({
    id: 'pages',
    label: t('palette.pages'),
    items: toValue(menu).map(({ path, titleKey, section }) => ({
      label: t(titleKey),
      icon: section.icon,
      kbds: ['g', section.goKey],
      onSelect: () => go(path),
    })),
  }));

  const groups = computed(() =>
    [people.group.value, visits.value, pages.value, steps.value].filter(({ items }) => items.length > 0),
  );
  return { groups, isLoading: people.isLoading };
}

type Go = (to: RouteLocationRaw) => void;

function usePatients(term: Ref<string>, isStaff: Ref<boolean>, isOpen: Ref<boolean>, go: Go) {
  const { t } = useI18n();
  const search = computed(() => (isOpen.value && isStaff.value ? term.value : ''));
  const { nodes, isRefreshing, isLoading } = usePatientSearch(search, { first: 6, minLength: 2 });
  const group = computed<PaletteGroup>(() => ({
    id: 'patients',
    label: t('nav.patients'),
    // The server has matched them, misspellings too.
    ignoreFilter: true,
    items: nodes.value.map((patient) => ({
      label: patient.name,
      suffix: [personFacts(patient, t), patient.recordNumber].filter(Boolean).join(' · '),
      icon: 'i-lucide-user',
      onSelect: () => go({ path: '/patients', query: { patient: patient.id } }),
    })),
  }));
  return { group, isLoading: computed(() => isLoading.value || isRefreshing.value) };
}

function useAppointments(term: Ref<string>, isStaff: Ref<boolean>, isOpen: Ref<boolean>, go: Go) {
  const { t } = useI18n();
  const { today } = useClinicClock();
  const { dateTime, zone } = useFormat();
  const range = computed(() => {
    const from = startOfDay(today.value, zone.value);
    return { from, to: new Date(Date.parse(from) + daysAhead * dayMs).toISOString() };
  });
  const query = useQuery(
    PaletteAppointmentsDocument,
    () => range.value,
    () => ({ enabled: isOpen.value && isStaff.value, fetchPolicy: 'cache-and-network' as const }),
  );
  return computed<PaletteGroup>(() => {
    const wanted = foldText(term.value);
    const found =
      wanted.length < 2
        ? []
        : (query.result.value?.appointments?.edges ?? [])
            .map(({ node }) => node)
            .filter(({ patient }) => matchesWords(patient.name, wanted))
            .slice(0, mostAppointments);
    return {
      id: 'appointments',
      label: t('patient.appointments'),
      ignoreFilter: true,
      items: found.map((row) => ({
        label: `${row.patient.name} · ${dateTime(row.startsAt)}`,
        suffix: [row.doctor.name, t(`status.${row.status}`)].join(' · '),
        icon: 'i-lucide-calendar',
        onSelect: () => go({ path: '/today', query: { appointment: row.id } }),
      })),
    };
  });
}

const themes: readonly { value: Theme; icon: string }[] = [
  { value: 'light', icon: 'i-lucide-sun' },
  { value: 'dark', icon: 'i-lucide-moon' },
  { value: 'system', icon: 'i-lucide-monitor' },
];

/** Steps that start somewhere else than in a menu, as far as the role goes. */
function useSteps(go: Go, close: () => void) {
  const { t } = useI18n();
  const session = useSession();
  const preferences = usePreferences();
  const { openShortcutSheet } = useShell();
  const after = (run: () => unknown) => () => {
    close();
    void run();
  };
  return computed<PaletteGroup>(() => {
    const role = session.role;
    const isOf = (roles: readonly string[]) => role !== null && roles.includes(role);
    const steps: (PaletteItem & { isOffered: boolean })[] = [
      {
        label: t('patient.new'),
        icon: 'i-lucide-user-plus',
        isOffered: isOf(staff),
        onSelect: () => go({ path: '/patients', query: { new: '1' } }),
      },
      {
        label: t('import.title'),
        icon: 'i-lucide-file-up',
        isOffered: isOf(frontDesk),
        onSelect: () => go('/patients/import'),
      },
      ...themes.map(({ value, icon }) => ({
        label: t('palette.theme', { name: t(`theme.${value}`) }),
        icon,
        isOffered: true,
        onSelect: after(() => {
          preferences.theme = value;
        }),
      })),
      {
        label: t('shortcuts.sheet'),
        icon: 'i-lucide-keyboard',
        isOffered: isOf(staff),
        onSelect: after(openShortcutSheet),
      },
      { label: t('shell.signOut'), icon: 'i-lucide-log-out', isOffered: true, onSelect: after(session.signOut) },
    ];
    const items = steps.filter(({ isOffered }) => isOffered).map(({ isOffered: _offered, ...item }) => item);
    return { id: 'steps', label: t('palette.steps'), items };
  });
}
