import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../gql/graphql.ts';
import { appRoutes, safeRedirect } from './router.ts';
import { menuFor } from './sections.ts';
import type { Viewer } from './session.ts';

function aViewer(role: Role): Viewer {
  return {
    __typename: 'Viewer',
    user: { __typename: 'User', id: 'u', name: 'Ana Reyes' },
    email: 'ana@example.org',
    locale: 'en-PH',
    role,
    clinic: {
      __typename: 'Clinic',
      id: 'c',
      slug: 'demo',
      name: 'Bayview',
      address: null,
      phone: null,
      timeZone: 'Asia/Manila',
      currency: 'PHP',
      locale: 'en-PH',
      sandbox: false,
      now: '2026-03-02T00:00:00Z',
    },
    doctor: null,
    patient: null,
    unreadNotificationCount: 0,
  };
}

const pathsOf = (role: Role): string[] => menuFor(aViewer(role), appRoutes).map(({ path }) => path);

describe('the menu', () => {
  beforeEach(() => setActivePinia(createPinia()));

  it('has what the role may do, in order', () => {
    expect(pathsOf('PATIENT')).toEqual(['/home', '/book', '/visits', '/bills']);
    expect(pathsOf('DOCTOR')).toEqual([
      '/today',
      '/queue',
      '/requests',
      '/calendar',
      '/new-appointment',
      '/patients',
      '/earnings',
      '/my-schedule',
    ]);
    expect(pathsOf('RECEPTIONIST')).toEqual([
      '/today',
      '/queue',
      '/requests',
      '/calendar',
      '/new-appointment',
      '/patients',
      '/billing',
    ]);
    expect(pathsOf('NURSE')).toEqual(['/today', '/queue', '/calendar', '/patients']);
    expect(pathsOf('OWNER')).toEqual([
      '/today',
      '/queue',
      '/requests',
      '/calendar',
      '/new-appointment',
      '/patients',
      '/billing',
      '/earnings',
      '/doctors',
      '/services',
      '/team',
      '/audit',
      '/settings',
    ]);
  });

  it('gives each section of a role a letter of its own', () => {
    for (const role of ['PATIENT', 'DOCTOR', 'RECEPTIONIST', 'NURSE', 'OWNER', 'ADMIN'] as const) {
      const keys = menuFor(aViewer(role), appRoutes).map(({ section }) => section.goKey);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
});

describe('the address to go to after sign-in', () => {
  it('is a path of this app, never another origin', () => {
    expect(safeRedirect('/requests?appointment=1')).toBe('/requests?appointment=1');
    expect(safeRedirect('//evil.example')).toBeNull();
    expect(safeRedirect('/\\evil.example')).toBeNull();
    expect(safeRedirect('https://evil.example')).toBeNull();
    expect(safeRedirect(undefined)).toBeNull();
  });
});
