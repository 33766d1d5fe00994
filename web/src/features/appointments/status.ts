import type { AppointmentEventType, AppointmentStatus } from '../../gql/graphql.ts';
import type { ChipTone } from '../../ui/StatusChip.vue';

interface Look {
  readonly icon: string;
  readonly tone: ChipTone;
}

export const statusLooks: Readonly<Record<AppointmentStatus, Look>> = {
  REQUESTED: { icon: 'i-lucide-clock', tone: 'warning' },
  APPROVED: { icon: 'i-lucide-check', tone: 'info' },
  CHECKED_IN: { icon: 'i-lucide-hourglass', tone: 'warning' },
  TREATED: { icon: 'i-lucide-check-check', tone: 'success' },
  REJECTED: { icon: 'i-lucide-x', tone: 'neutral' },
  CANCELLED: { icon: 'i-lucide-x', tone: 'neutral' },
  NO_SHOW: { icon: 'i-lucide-user-x', tone: 'error' },
};

export const eventLooks: Readonly<Record<AppointmentEventType, Look>> = {
  REQUESTED: { icon: 'i-lucide-clock', tone: 'warning' },
  APPROVED: { icon: 'i-lucide-check', tone: 'info' },
  REJECTED: { icon: 'i-lucide-x', tone: 'neutral' },
  RESCHEDULED: { icon: 'i-lucide-calendar-sync', tone: 'info' },
  CANCELLED: { icon: 'i-lucide-x', tone: 'neutral' },
  CHECKED_IN: { icon: 'i-lucide-log-in', tone: 'info' },
  CHECK_IN_UNDONE: { icon: 'i-lucide-undo-2', tone: 'neutral' },
  NO_SHOW: { icon: 'i-lucide-user-x', tone: 'error' },
  TREATED: { icon: 'i-lucide-check-check', tone: 'success' },
  CONFIRMED_BY_PATIENT: { icon: 'i-lucide-thumbs-up', tone: 'success' },
};

/** What fills a doctor's day: everything that is going to happen, or did. */
export const dayStatuses: AppointmentStatus[] = ['APPROVED', 'CHECKED_IN', 'TREATED', 'NO_SHOW'];
