import { computed, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useNotice } from '../../composables/useNotice.ts';
import type { VisitCardFragment } from '../../gql/graphql.ts';
import { dropOf, type QueueColumn } from './queue-columns.ts';
import { useVisitSteps } from './useVisitSteps.ts';

/** Dragging cards between the queue's columns. Whoever cannot drag has the same steps as buttons on the card. */
export function useQueueDrag() {
  const { t } = useI18n();
  const notice = useNotice();
  const steps = useVisitSteps();
  const dragged = shallowRef<VisitCardFragment | null>(null);
  const over = shallowRef<QueueColumn | null>(null);

  function end(): void {
    dragged.value = null;
    over.value = null;
  }

  return {
    draggedId: computed(() => dragged.value?.id ?? null),
    /** The column that the card would go to. */
    over: computed(() => over.value),
    canDrag: ({ allowedActions }: VisitCardFragment): boolean => allowedActions.length > 0,
    start(visit: VisitCardFragment, event: DragEvent): void {
      dragged.value = visit;
      // The number is on the waiting board, too; the name stays here.
      event.dataTransfer?.setData('text/plain', String(visit.queueNumber));
      if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move';
    },
    enter(column: QueueColumn): void {
      if (dragged.value) over.value = column;
    },
    leave(column: QueueColumn): void {
      if (over.value === column) over.value = null;
    },
    /** Takes the step, or says why there is none; the server says why not when it refuses. */
    async drop(column: QueueColumn): Promise<void> {
      const visit = dragged.value;
      end();
      const drop = visit && dropOf(visit, column);
      if (!visit || !drop) return;
      if ('refusal' in drop) return notice.hint(t('queue.drop.title'), t(`queue.drop.${drop.refusal}`));
      await steps[drop.step](visit);
    },
    end,
  };
}
