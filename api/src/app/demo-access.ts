import type { Config } from '../platform/config.ts';
import type { Role } from '../access/roles.ts';

export interface DemoAccount {
  email: string;
  role: Role;
  name: string;
}

export interface DemoAccess {
  clinicSlug: string;
  password: string;
  accounts: readonly DemoAccount[];
}

/** The demo clinic's public accounts: one for each kind of user. */
export const demo: DemoAccess = {
  clinicSlug: 'demo',
  password: 'demo-clinic-2026',
  accounts: [
    { email: 'patient@demo.clinic', role: 'PATIENT', name: 'Maria Santos' },
    { email: 'doctor@demo.clinic', role: 'DOCTOR', name: 'Dr. Ana Reyes' },
    { email: 'reception@demo.clinic', role: 'RECEPTIONIST', name: 'Jun Villanueva' },
    { email: 'nurse@demo.clinic', role: 'NURSE', name: 'Grace Lim' },
    { email: 'owner@demo.clinic', role: 'OWNER', name: 'Elena Cruz' },
  ],
};

/** What the sign-in page may offer; null where there is no demo. */
export const demoAccess = (config: Config): DemoAccess | null => (config.demo ? demo : null);
