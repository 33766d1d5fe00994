import { loadById } from '../../access/ctx.ts';
import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import { clockOffsetOf } from '../../platform/db/clinic-clock.queries.ts';
import type { ClinicHeadEntity } from '../../platform/outbox/event.entity.ts';
import type { ClinicEntity, CloseOutPolicyValue, RequestPolicyValue } from './clinic.entity.ts';

export interface ClinicRow {
  id: string;
  slug: string;
  name: string;
  address: string | null;
  phone: string | null;
  timeZone: string;
  currency: string;
  locale: string;
  taxNumber: string | null;
  sandbox: boolean;
  reminderLeadHours: number[];
  closeOutPolicy: CloseOutPolicyValue;
  noShowAfterMinutes: number;
  selfServiceCutoffHours: number;
  defaultDoctorSharePercent: string;
  taxPercent: string;
  requestPolicy: RequestPolicyValue;
  createdAt: Date;
}

const tables = queryBuilder<typeof ClinicEntity | typeof ClinicHeadEntity>();

const clinicsById = (ids: readonly string[]): Query<ClinicRow> =>
  tables
    .selectFrom('clinic')
    .selectAll()
    .where('id', 'in', [...ids]);

export const clinicById = loadById<ClinicRow>(clinicsById);

export interface PublicClinicRow {
  id: string;
  slug: string;
  name: string;
  timeZone: string;
  currency: string;
  locale: string;
  clockOffsetMs: number;
}

/** What anybody may know of the clinic with this address on the web. */
export const publicClinicBySlug = (slug: string): Query<PublicClinicRow> =>
  tables
    .selectFrom(sql<Omit<PublicClinicRow, 'clockOffsetMs'>>`directory.public_clinic(${slug})`.as('clinic'))
    .selectAll()
    .select(clockOffsetOf('id'));

export const insertClinicHead = (clinicId: string) =>
  tables.insertInto('clinic_head').values({ clinicId, eventSequence: 0, recordNumber: 0 });

/** Takes the next patient record numbers and returns the last; whoever asks next waits until this transaction ends. */
export const takeRecordNumber = (clinicId: string, count = 1): Query<{ recordNumber: number }> =>
  tables
    .updateTable('clinic_head')
    .set((row) => ({ recordNumber: row('recordNumber', '+', count) }))
    .where('clinicId', '=', clinicId)
    .returning('recordNumber');

export const timeZoneOf = (id: string): Query<{ timeZone: string }> =>
  tables.selectFrom('clinic').select('timeZone').where('id', '=', id);
