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

/** A clinic's page for everybody, signed in or not; it stands outside the app's frame. */
export const publicClinicRoute: RouteRecordRaw = {
  path: '/c/:slug',
  component: () => import('./pages/PublicClinicPage.vue'),
  meta: { isOpen: true },
};
