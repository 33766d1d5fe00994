import type { RouteRecordRaw } from 'vue-router';

export const accountRoutes: readonly RouteRecordRaw[] = [
  { path: 'sign-in', component: () => import('./pages/SignInPage.vue'), meta: { isPublic: true } },
  { path: 'register', component: () => import('./pages/RegisterPatientPage.vue'), meta: { isPublic: true } },
  { path: 'register-clinic', component: () => import('./pages/RegisterClinicPage.vue'), meta: { isPublic: true } },
  {
    path: 'forgot-password',
    component: () => import('./pages/ForgotPasswordPage.vue'),
    meta: { isPublic: true, isOpen: true },
  },
  {
    path: 'reset-password',
    component: () => import('./pages/ResetPasswordPage.vue'),
    meta: { isPublic: true, isOpen: true },
  },
  {
    path: 'invitation',
    component: () => import('./pages/InvitationPage.vue'),
    meta: { isPublic: true, isOpen: true },
  },
];

export const ownAccountRoutes: readonly RouteRecordRaw[] = [
  {
    path: 'team',
    component: () => import('./pages/TeamPage.vue'),
    meta: {
      titleKey: 'nav.team',
      roles: ['OWNER', 'ADMIN'],
      section: { order: 70, icon: 'i-lucide-users-round', goKey: 'm' },
    },
  },
  { path: 'profile', component: () => import('./pages/ProfilePage.vue'), meta: { titleKey: 'nav.profile' } },
];
