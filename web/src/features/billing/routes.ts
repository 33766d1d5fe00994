import type { RouteRecordRaw } from 'vue-router';
import { frontDesk } from '../../app/sections.ts';

export const billingRoutes: readonly RouteRecordRaw[] = [
  {
    path: 'billing',
    component: () => import('./pages/BillingPage.vue'),
    meta: {
      titleKey: 'nav.billing',
      roles: frontDesk,
      section: { order: 45, icon: 'i-lucide-receipt', goKey: 'b' },
    },
  },
  {
    path: 'billing/day-close',
    component: () => import('./pages/DayClosePage.vue'),
    meta: { titleKey: 'dayClose.title', roles: frontDesk },
  },
  {
    path: 'billing/:id',
    component: () => import('./pages/BillPage.vue'),
    meta: { titleKey: 'bill.title', roles: [...frontDesk, 'DOCTOR'] },
  },
  {
    path: 'bills',
    component: () => import('./pages/OwnBillsPage.vue'),
    meta: {
      titleKey: 'nav.bills',
      roles: ['PATIENT'],
      section: { order: 40, icon: 'i-lucide-receipt', goKey: 'i' },
    },
  },
];
