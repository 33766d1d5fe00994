import type { RouteRecordRaw } from 'vue-router';
import { frontDesk, staff } from '../../app/sections.ts';

export const patientRoutes: readonly RouteRecordRaw[] = [
  {
    path: 'patients',
    component: () => import('./pages/PatientsPage.vue'),
    meta: {
      titleKey: 'nav.patients',
      roles: staff,
      section: {
        order: 40,
        icon: 'i-lucide-users',
        goKey: 'p',
        titleKeys: { DOCTOR: 'nav.myPatients' },
      },
    },
  },
  {
    path: 'patients/import',
    component: () => import('./pages/ImportPage.vue'),
    meta: { titleKey: 'import.title', roles: frontDesk },
  },
];
