import type { RouteRecordRaw } from 'vue-router';

export const serviceRoutes: readonly RouteRecordRaw[] = [
  {
    path: 'services',
    component: () => import('./pages/ServicesPage.vue'),
    meta: {
      titleKey: 'nav.services',
      roles: ['OWNER', 'ADMIN'],
      section: { order: 60, icon: 'i-lucide-tags', goKey: 's' },
    },
  },
];
