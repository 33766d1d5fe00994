import pg from 'pg';
import type { Clock } from '../clock.ts';

/** Which of the app's three database roles asks. It only chooses the set of row policies; see api/migrations. */
export type PoolKind = 'staff' | 'doctor' | 'patient';

/**
 * Who asks, as the database sees it. Set for one transaction, never for a connection:
 * what a connection remembers could be read by the next caller who gets it.
 */
export interface Tenant {
  pool: PoolKind;
  clinicId: string | null;
  role: string | null;
  userId: string | null;
  doctorId: string | null;
  patientId: string | null;
  /** What the clinic's clock shows beside the real one, milliseconds; 0 but in a sandbox. */
  clockOffsetMs: number;
}

/** A clinic and its clock: where the app itself can be at work. */
export interface ClinicPlace {
  clinicId: string;
  clockOffsetMs: number;
}

/** Nobody in particular: sees no row of any table that has a policy. */
export const nobody: Tenant = {
  pool: 'staff',
  clinicId: null,
  role: null,
  userId: null,
  doctorId: null,
  patientId: null,
  clockOffsetMs: 0,
};

/** The app itself inside one clinic: jobs, live updates, registration. Never across clinics. */
export const systemIn = ({ clinicId, clockOffsetMs }: ClinicPlace, userId: string | null = null): Tenant => ({
  ...nobody,
  clinicId,
  clockOffsetMs,
  userId,
  role: 'SYSTEM',
});

/** The app itself outside any clinic: letters about accounts. It sees no clinic's rows. */
export const systemOutside = (userId: string | null = null): Tenant => ({ ...nobody, userId, role: 'SYSTEM' });

/** The instant that the tenant's clinic has now; outside of any clinic the real one. */
export const nowOf = ({ clockOffsetMs }: Tenant, realClock: Clock): Date =>
  new Date(realClock.now().getTime() + clockOffsetMs);

/** What the row policies read, by its name; empty for nobody. */
export const tenantSettings = (tenant: Tenant, now: Date): Map<string, string> =>
  new Map([
    ['app.clinic_id', tenant.clinicId ?? ''],
    ['app.role', tenant.role ?? ''],
    ['app.user_id', tenant.userId ?? ''],
    ['app.doctor_id', tenant.doctorId ?? ''],
    ['app.patient_id', tenant.patientId ?? ''],
    ['app.now', now.toISOString()],
  ]);

/**
 * The statement that tells the row policies who asks, and when: what is open for an hour is so by the clinic's clock. Its
 * effect ends with the transaction.
 */
export function tenantStatement(tenant: Tenant, now: Date): string {
  const settings = [...tenantSettings(tenant, now)];
  return `select ${settings.map(([name, value]) => `set_config('${name}', ${pg.escapeLiteral(value)}, true)`).join(', ')}`;
}
