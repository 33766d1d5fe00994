import type { VisitStatus } from '../../gql/graphql.ts';
import type { ChipTone } from '../../ui/StatusChip.vue';

/** How the state of a visit is shown: never by its colour alone. The words stand behind `queue.state.`. */
export const visitLooks: Readonly<Record<VisitStatus, { readonly icon: string; readonly tone: ChipTone }>> = {
  WAITING: { icon: 'i-lucide-hourglass', tone: 'warning' },
  CALLED: { icon: 'i-lucide-bell-ring', tone: 'warning' },
  IN_PROGRESS: { icon: 'i-lucide-stethoscope', tone: 'info' },
  COMPLETED: { icon: 'i-lucide-check-check', tone: 'success' },
  LEFT: { icon: 'i-lucide-door-open', tone: 'neutral' },
};
