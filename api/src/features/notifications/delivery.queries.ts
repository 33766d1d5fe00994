import { queryBuilder, sql, type Query } from '../../platform/db/query-builder.ts';
import type { AppointmentEntity, AppointmentStatus } from '../appointments/index.ts';
import type { PatientEntity } from '../patients/index.ts';
import type { DeliveryStatusName, NotificationTypeName } from './notification.domain.ts';
import type { DeliveryEntity, NotificationEntity } from './notification.entity.ts';

const tables = queryBuilder<
  typeof AppointmentEntity | typeof DeliveryEntity | typeof NotificationEntity | typeof PatientEntity
>();

export const clinicsWithDueDeliveries = (until: Date): Query<{ clinicId: string }> =>
  tables.selectFrom(sql<{ clinicId: string }>`directory.clinics_with_due_deliveries(${until})`.as('due')).selectAll();

export const dueDeliveryCount = (clinicId: string, until: Date): Query<{ count: number }> =>
  tables
    .selectFrom('delivery')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('clinicId', '=', clinicId)
    .where('status', '=', 'QUEUED')
    .where('dueAt', '<=', until);

export interface DueDelivery {
  id: string;
  attempts: number;
  type: NotificationTypeName;
  /** Null for a message that is about no appointment. */
  appointmentStatus: AppointmentStatus | null;
  /** When the message was written. */
  createdAt: Date;
  /** Whether the appointment moved after the message was written. */
  hasMoved: boolean;
  title: string;
  outsideBody: string;
  email: string | null;
}

/** Takes due e-mails for one worker: others pass over them until the lease ends. */
export const takeDueDeliveries = (clinicId: string, now: Date, leaseUntil: Date, limit: number): Query<DueDelivery> =>
  tables
    .with('taken', (inner) =>
      inner
        .updateTable('delivery')
        .set({ dueAt: leaseUntil, updatedAt: now, attempts: sql<number>`attempts + 1` })
        .where('delivery.clinicId', '=', clinicId)
        .where('delivery.id', 'in', (due) =>
          due
            .selectFrom('delivery as candidate')
            .select('candidate.id')
            .where('candidate.clinicId', '=', clinicId)
            .where('candidate.channel', '=', 'EMAIL')
            .where('candidate.status', '=', 'QUEUED')
            .where('candidate.dueAt', '<=', now)
            .orderBy('candidate.dueAt')
            .limit(limit)
            .forUpdate()
            .skipLocked(),
        )
        .returning(['delivery.id', 'delivery.attempts', 'delivery.notificationId']),
    )
    .selectFrom('taken')
    .innerJoin('notification', 'notification.id', 'taken.notificationId')
    .leftJoin('patient', 'patient.id', 'notification.patientId')
    .leftJoin('appointment', 'appointment.id', 'notification.appointmentId')
    .select([
      'taken.id',
      'taken.attempts',
      'notification.type',
      'notification.createdAt',
      'appointment.status as appointmentStatus',
      sql<boolean>`exists (select from appointment_event moved where moved.clinic_id = notification.clinic_id
        and moved.appointment_id = notification.appointment_id and moved.type = 'RESCHEDULED'
        and moved.at > notification.created_at)`.as('hasMoved'),
      'notification.title',
      'notification.outsideBody',
      'patient.email',
    ]);

/** What became of a delivery, and when it is due again if it is still queued. */
export interface Settlement {
  status: DeliveryStatusName;
  error: string | null;
  dueAt: Date;
  sentAt: Date | null;
  at: Date;
}

/**
 * Writes down what became of a delivery. A failure counts only for the worker that took it last: it must not bring back
 * what another one has sent since.
 */
export const settleDelivery = (
  { id, attempts }: { id: string; attempts: number },
  { status, error, dueAt, sentAt, at }: Settlement,
) =>
  tables
    .updateTable('delivery')
    .set({ status, error, dueAt, sentAt, updatedAt: at })
    .where('id', '=', id)
    .$if(status !== 'SENT', (query) => query.where('status', '=', 'QUEUED').where('attempts', '=', attempts));
