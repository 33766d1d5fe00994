import type { RouteRecordRaw } from 'vue-router';

export const auditRoutes: readonly RouteRecordRaw[] = [
  {
    path: 'audit',
    component: () => import('./pages/AuditPage.vue'),
    meta: {
      titleKey: 'nav.audit',
      roles: ['OWNER', 'ADMIN'],
      section: { order: 80, icon: 'i-lucide-shield-check', goKey: 'a' },
    },
  },
];
