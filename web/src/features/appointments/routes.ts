import { defineAsyncComponent } from 'vue';
import type { RouteRecordRaw } from 'vue-router';
import { frontDesk, staff } from '../../app/sections.ts';

const RequestCount = defineAsyncComponent(() => import('./components/RequestCount.vue'));

export const appointmentRoutes: readonly RouteRecordRaw[] = [
  {
    path: 'home',
    component: () => import('./pages/PatientHomePage.vue'),
    meta: { titleKey: 'nav.home', roles: ['PATIENT'], section: { order: 10, icon: 'i-lucide-house', goKey: 'h' } },
  },
  {
    path: 'book',
    component: () => import('./pages/BookVisitPage.vue'),
    meta: {
      titleKey: 'nav.book',
      roles: ['PATIENT'],
      section: { order: 20, icon: 'i-lucide-calendar-plus', goKey: 'b' },
    },
  },
  {
    path: 'visits',
    component: () => import('./pages/VisitsPage.vue'),
    meta: {
      titleKey: 'nav.visits',
      roles: ['PATIENT'],
      section: { order: 30, icon: 'i-lucide-calendar-days', goKey: 'v' },
    },
  },
  {
    path: 'today',
    component: () => import('./pages/TodayPage.vue'),
    meta: { titleKey: 'nav.today', roles: staff, section: { order: 10, icon: 'i-lucide-sun', goKey: 't' } },
  },
  {
    path: 'requests',
    component: () => import('./pages/RequestsPage.vue'),
    meta: {
      titleKey: 'nav.requests',
      roles: [...frontDesk, 'DOCTOR'],
      section: { order: 20, icon: 'i-lucide-inbox', goKey: 'r', badge: RequestCount },
    },
  },
  {
    path: 'new-appointment',
    component: () => import('./pages/BookForPatientPage.vue'),
    meta: {
      titleKey: 'nav.newAppointment',
      roles: [...frontDesk, 'DOCTOR'],
      section: { order: 30, icon: 'i-lucide-calendar-plus', goKey: 'n', tabKey: 'nav.new' },
    },
  },
];
