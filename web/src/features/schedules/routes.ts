import type { RouteRecordRaw } from 'vue-router';

export const scheduleRoutes: readonly RouteRecordRaw[] = [
  {
    path: 'doctors',
    component: () => import('./pages/DoctorsPage.vue'),
    meta: {
      titleKey: 'nav.doctors',
      roles: ['OWNER', 'ADMIN'],
      section: { order: 50, icon: 'i-lucide-stethoscope', goKey: 'd' },
    },
  },
  {
    path: 'my-schedule',
    component: () => import('./pages/MySchedulePage.vue'),
    meta: {
      titleKey: 'nav.mySchedule',
      roles: ['DOCTOR'],
      section: { order: 50, icon: 'i-lucide-calendar-clock', goKey: 's' },
    },
  },
];
