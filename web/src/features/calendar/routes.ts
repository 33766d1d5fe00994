import type { RouteRecordRaw } from 'vue-router';
import { staff } from '../../app/sections.ts';

export const calendarRoutes: readonly RouteRecordRaw[] = [
  {
    path: 'calendar',
    component: () => import('./pages/CalendarPage.vue'),
    meta: {
      titleKey: 'nav.calendar',
      roles: staff,
      section: { order: 25, icon: 'i-lucide-calendar', goKey: 'c' },
    },
  },
];
