import type { RouteRecordRaw } from 'vue-router';

export const earningsRoutes: readonly RouteRecordRaw[] = [
  {
    path: 'earnings',
    component: () => import('./pages/EarningsPage.vue'),
    meta: {
      titleKey: 'nav.earnings',
      roles: ['DOCTOR', 'OWNER'],
      section: {
        order: 47,
        icon: 'i-lucide-hand-coins',
        goKey: 'i',
        titleKeys: { DOCTOR: 'nav.myEarnings' },
      },
    },
  },
];
