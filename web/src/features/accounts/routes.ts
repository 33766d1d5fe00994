import type { RouteRecordRaw } from 'vue-router';

export const accountRoutes: readonly RouteRecordRaw[] = [
  { path: 'sign-in', component: () => import('./pages/SignInPage.vue'), meta: { isPublic: true } },
  { path: 'register', component: () => import('./pages/RegisterPatientPage.vue'), meta: { isPublic: true } },
  { path: 'register-clinic', component: () => import('./pages/RegisterClinicPage.vue'), meta: { isPublic: true } },
];
