import ui from '@nuxt/ui/vue-plugin';
import { createApp, h, reactive, type App } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createI18n } from 'vue-i18n';
import en from '../locales/en.json';
import DataState from './DataState.vue';

const i18n = createI18n({ legacy: false, locale: 'en', messages: { en } });
let app: App | null = null;

function show(given: { isLoading?: boolean; isEmpty?: boolean; isFiltered?: boolean; requestId?: string }) {
  const props = reactive({
    isLoading: given.isLoading ?? false,
    isEmpty: given.isEmpty ?? false,
    isFiltered: given.isFiltered ?? false,
    error: given.requestId ? { code: 'INTERNAL', message: null, requestId: given.requestId, field: null } : null,
    emptyIcon: 'i-lucide-inbox',
    emptyTitle: 'No requests',
  });
  const onRetry = vi.fn<() => void>();
  const onClear = vi.fn<() => void>();
  const element = document.body.appendChild(document.createElement('div'));
  app = createApp({ render: () => h(DataState, { ...props, onRetry, onClear }, () => h('p', 'The rows')) });
  app
    .use(i18n)
    .use(createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: DataState }] }))
    .use(ui)
    .mount(element);
  return { element, props, onRetry, onClear };
}

afterEach(() => {
  app?.unmount();
  document.body.replaceChildren();
});

describe('the faces of a list', () => {
  it('shows a skeleton only when the answer takes longer than a moment', async () => {
    const { element } = show({ isLoading: true });
    expect(element.querySelector('[role="status"]')).toBeNull();

    await vi.waitFor(() => expect(element.querySelector('[role="status"]')).not.toBeNull());
  });

  it('says what failed with the request id, and tries again', () => {
    const { element, onRetry } = show({ requestId: 'req-42' });

    expect(element.querySelector('[role="alert"]')?.textContent).toContain('req-42');
    element.querySelector('button')?.click();
    expect(onRetry).toHaveBeenCalledTimes(1);
  });

  it('offers to clear the filter when nothing matches, and names the list when it is empty', () => {
    const filtered = show({ isEmpty: true, isFiltered: true });
    expect(filtered.element.textContent).toContain('Nothing matches');
    filtered.element.querySelector('button')?.click();
    expect(filtered.onClear).toHaveBeenCalledTimes(1);

    expect(show({ isEmpty: true }).element.textContent).toContain('No requests');
  });

  it('shows the rows once they are there', () => {
    expect(show({}).element.textContent).toBe('The rows');
  });
});
