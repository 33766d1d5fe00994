import type { RouteRecordRaw } from 'vue-router';
import { staff } from '../../app/sections.ts';

export const visitRoutes: readonly RouteRecordRaw[] = [
  {
    path: 'queue',
    component: () => import('./pages/QueuePage.vue'),
    meta: {
      titleKey: 'nav.queue',
      roles: staff,
      section: { order: 15, icon: 'i-lucide-armchair', goKey: 'q' },
    },
  },
  {
    path: 'consultation/:id',
    component: () => import('./pages/ConsultationPage.vue'),
    meta: { titleKey: 'consultation.title', roles: ['DOCTOR', 'OWNER'] },
  },
];
