import type { Component } from 'vue';
import type { RouteRecordRaw } from 'vue-router';
import type { Role } from '../gql/graphql.ts';
import type { Viewer } from './session.ts';

/** A route with a section is an entry of the menu; a later stage adds one by adding its route. */
export interface Section {
  /** Place in the menu, ascending. */
  readonly order: number;
  readonly icon: string;
  /** The letter after g that goes there. */
  readonly goKey: string;
  /** A shorter name for the tabs of a phone. */
  readonly tabKey?: string;
  /** What some roles call it: to a doctor, patients are "my patients". */
  readonly titleKeys?: Partial<Record<Role, string>>;
  /** A count beside the name. */
  readonly badge?: Component;
  /** Narrows the roles further, e.g. an owner who also treats. */
  readonly when?: (viewer: Viewer) => boolean;
}

declare module 'vue-router' {
  interface RouteMeta {
    titleKey?: string;
    /** Who may open it; everybody who is signed in when left out. */
    roles?: readonly Role[];
    /** Open without a session, and left at once with one. */
    isPublic?: boolean;
    /** Open with and without a session. */
    isOpen?: boolean;
    section?: Section;
  }
}

export interface MenuEntry {
  readonly path: string;
  readonly titleKey: string;
  readonly section: Section;
}

export const frontDesk: readonly Role[] = ['RECEPTIONIST', 'ADMIN', 'OWNER'];
export const staff: readonly Role[] = [...frontDesk, 'NURSE', 'DOCTOR'];

/** Lists the sections that a viewer's role has, in the menu's order. */
export function menuFor(viewer: Viewer, routes: readonly RouteRecordRaw[]): readonly MenuEntry[] {
  const role = viewer.role;
  if (!role) return [];
  return routes
    .flatMap(({ path, meta }): MenuEntry[] => {
      if (!meta?.section || !meta.titleKey) return [];
      const isAllowed = (meta.roles?.includes(role) ?? true) && (meta.section.when?.(viewer) ?? true);
      const titleKey = meta.section.titleKeys?.[role] ?? meta.titleKey;
      return isAllowed ? [{ path: `/${path.replace(/^\//, '')}`, titleKey, section: meta.section }] : [];
    })
    .sort((left, right) => left.section.order - right.section.order);
}
