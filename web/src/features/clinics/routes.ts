import type { RouteRecordRaw } from 'vue-router';

export const clinicRoutes: readonly RouteRecordRaw[] = [
  {
    path: 'settings',
    component: () => import('./pages/SettingsPage.vue'),
    meta: {
      titleKey: 'nav.settings',
      roles: ['OWNER', 'ADMIN'],
      section: { order: 90, icon: 'i-lucide-settings', goKey: 'e' },
    },
  },
  {
    path: 'setup',
    component: () => import('./pages/SetUpPage.vue'),
    meta: { titleKey: 'setUp.title', roles: ['OWNER', 'ADMIN'] },
  },
];

/** On from a clinic's own page, for everybody, signed in or not; that page itself is none of the app's. */
export const askRoute: RouteRecordRaw = {
  path: '/ask/:slug',
  component: () => import('./pages/AskPage.vue'),
  meta: { isOpen: true },
};
