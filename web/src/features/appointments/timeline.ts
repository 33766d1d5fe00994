import type { AppointmentEventType, AppointmentStatus, TimelineFieldsFragment } from '../../gql/graphql.ts';
import type { TimelineItem } from '../../ui/EventTimeline.vue';
import { eventLooks } from './status.ts';

export interface TimelineWords {
  event: (type: AppointmentEventType, actorName: string) => string;
  moved: (previousStartsAt: string) => string;
  when: (at: string) => string;
  /** What is being waited for in this state; null when nothing is. */
  pending: (status: AppointmentStatus) => string | null;
}

/** Lays out what has happened to an appointment, in order, and ends with what it is waiting for. */
export function timelineItems(
  events: readonly TimelineFieldsFragment[],
  status: AppointmentStatus,
  words: TimelineWords,
): readonly TimelineItem[] {
  const items = events.map((event, index): TimelineItem => ({
    key: `${index}-${event.type}`,
    ...eventLooks[event.type],
    title: words.event(event.type, event.actorName),
    meta: [words.when(event.at), event.previousStartsAt ? words.moved(event.previousStartsAt) : null]
      .filter(Boolean)
      .join(' · '),
    body: event.note,
  }));
  const pending = words.pending(status);
  if (pending === null) return items;
  return [
    ...items,
    {
      key: 'pending',
      icon: 'i-lucide-circle-dashed',
      tone: 'neutral',
      title: pending,
      meta: null,
      body: null,
      isPending: true,
    },
  ];
}
