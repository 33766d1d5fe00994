import { useToast } from '@nuxt/ui/composables';
import { useI18n } from 'vue-i18n';
import type { AppError } from './app-error.ts';
import { useErrorText } from './useErrorText.ts';

/** Short words at the edge of the screen: what is done goes by itself after 5 s, what failed stays. */
export function useNotice() {
  const toast = useToast();
  const { t } = useI18n();
  const errorText = useErrorText();

  return {
    done: (title: string, description?: string) => {
      toast.add({ title, description, color: 'success', icon: 'i-lucide-circle-check' });
    },
    /** What is done and can be undone: for as long as the words are there. */
    undoable: (title: string, undo: () => void) => {
      const actions = [{ label: t('actions.undo'), icon: 'i-lucide-undo-2', color: 'neutral' as const, onClick: undo }];
      toast.add({ title, color: 'success', icon: 'i-lucide-circle-check', actions });
    },
    /** Somebody came: said for a quarter of a minute, with the way there. */
    arrived: (title: string, way: { label: string; icon: string }, go: () => void) => {
      const actions = [{ ...way, color: 'primary' as const, onClick: go }];
      toast.add({ title, color: 'primary', icon: 'i-lucide-stethoscope', duration: 15_000, actions });
    },
    /** Why nothing happened, when nothing is wrong. */
    hint: (title: string, description: string) => {
      toast.add({ title, description, color: 'neutral', icon: 'i-lucide-info' });
    },
    refused: (title: string) => {
      toast.add({ title, color: 'warning', icon: 'i-lucide-circle-alert', duration: 0 });
    },
    failed: (error: AppError) => {
      const description = error.requestId ? t('errors.requestId', { id: error.requestId }) : undefined;
      toast.add({ title: errorText(error), description, color: 'error', icon: 'i-lucide-triangle-alert', duration: 0 });
    },
  };
}
