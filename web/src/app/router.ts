import {
  createRouter,
  createWebHistory,
  type RouteLocationNormalized,
  type RouteLocationRaw,
  type RouteRecordRaw,
} from 'vue-router';
import { accountRoutes, ownAccountRoutes } from '../features/accounts/routes.ts';
import { appointmentRoutes } from '../features/appointments/routes.ts';
import { auditRoutes } from '../features/audit/routes.ts';
import { billingRoutes } from '../features/billing/routes.ts';
import { calendarRoutes } from '../features/calendar/routes.ts';
import { askRoute, clinicRoutes } from '../features/clinics/routes.ts';
import { earningsRoutes } from '../features/earnings/routes.ts';
import { patientRoutes } from '../features/patients/routes.ts';
import { scheduleRoutes } from '../features/schedules/routes.ts';
import { serviceRoutes } from '../features/services/routes.ts';
import { visitRoutes } from '../features/visits/routes.ts';
import { menuFor } from './sections.ts';
import { useSession } from './session.ts';

/** Everything behind sign-in; the menu is drawn from it. */
export const appRoutes: readonly RouteRecordRaw[] = [
  ...appointmentRoutes,
  ...visitRoutes,
  ...calendarRoutes,
  ...patientRoutes,
  ...billingRoutes,
  ...earningsRoutes,
  ...scheduleRoutes,
  ...serviceRoutes,
  ...clinicRoutes,
  ...ownAccountRoutes,
  ...auditRoutes,
];

/** Returns the first section of the viewer's menu: where a role's day starts. */
export function homePath(): string {
  const { viewer } = useSession();
  return (viewer && menuFor(viewer, appRoutes)[0]?.path) ?? '/sign-in';
}

/** A redirect target must be a path of this app, never another origin. */
export function safeRedirect(value: unknown): string | null {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : null;
}

function guard(to: RouteLocationNormalized): RouteLocationRaw | boolean {
  const { status, role } = useSession();
  // Under the cover of an ended session the page stays, with everything typed into it, whatever the back button says.
  if (status === 'ended') return false;
  if (to.meta.isOpen) return true;
  if (status !== 'signedIn') {
    if (to.meta.isPublic) return true;
    return { path: '/sign-in', query: to.path === '/' ? {} : { redirect: to.fullPath } };
  }
  if (to.path === '/' || to.meta.isPublic) return safeRedirect(to.query['redirect']) ?? homePath();
  const roles = to.meta.roles;
  if (roles && role && !roles.includes(role))
    return { name: 'not-permitted', params: { path: to.path.split('/').slice(1) } };
  return true;
}

/**
 * @param settled   settles when it is known whether this browser has a session
 */
export function createAppRouter(settled: Promise<void>) {
  const router = createRouter({
    history: createWebHistory(),
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? undefined : { top: 0 }),
    routes: [
      askRoute,
      { path: '/', component: () => import('../layouts/PublicLayout.vue'), children: [...accountRoutes] },
      {
        path: '/',
        component: () => import('../layouts/AppLayout.vue'),
        children: [
          ...appRoutes,
          {
            path: 'not-permitted/:path(.*)*',
            name: 'not-permitted',
            component: () => import('../layouts/NotPermittedPage.vue'),
          },
          { path: ':path(.*)*', name: 'not-found', component: () => import('../layouts/NotFoundPage.vue') },
        ],
      },
    ],
  });
  router.beforeEach(async (to) => {
    await settled;
    return guard(to);
  });
  return router;
}
