import type { Transaction } from '../../platform/db/transaction.ts';
import { defineIdKind } from '../../platform/ids.ts';
import { ClinicEntity } from './clinic.entity.ts';
import { insertClinicHead } from './clinic.queries.ts';

export const clinicId = defineIdKind('Clinic', 0xa10);

export interface NewClinic {
  id: string;
  slug: string;
  name: string;
  timeZone: string;
  currency: string;
  locale: string;
  /** A clinic for trying things out: whose, and what its clock shows beside the real one. */
  sandbox?: { ownerId: string; clockOffsetMs: number };
}

/**
 * Opens a clinic with the settings that every new one starts with.
 * Source: domain.md, "A new clinic".
 */
export async function openClinic(tx: Transaction, { sandbox, ...clinic }: NewClinic): Promise<void> {
  tx.em.create(ClinicEntity, {
    ...clinic,
    address: null,
    phone: null,
    taxNumber: null,
    sandbox: sandbox !== undefined,
    clockOffsetMs: sandbox?.clockOffsetMs ?? 0,
    clockReached: null,
    clockTarget: null,
    sandboxOwnerId: sandbox?.ownerId ?? null,
    sandboxUsedAt: sandbox === undefined ? null : tx.realNow,
    reminderLeadHours: [24, 2],
    closeOutPolicy: 'AFTER_PAYMENT',
    noShowAfterMinutes: 15,
    selfServiceCutoffHours: 2,
    defaultDoctorSharePercent: '0',
    taxPercent: '0',
    requestPolicy: 'DOCTOR',
    createdAt: tx.now,
  });
  await tx.em.flush();
  await tx.rows(insertClinicHead(clinic.id));
  tx.audit({ action: 'clinic.register', subjectId: clinic.id });
}
