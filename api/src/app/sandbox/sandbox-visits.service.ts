import type { Transaction } from '../../platform/db/transaction.ts';
import { dayOf } from '../../platform/zone.ts';
import { QueueCounterEntity, VisitEntity, visitId } from '../../features/visits/index.ts';
import { sandboxZone } from './sandbox-plan.ts';

const minuteMs = 60_000;

/** An appointment that was kept, as it was booked. */
export interface Kept {
  id: string;
  clinicId: string;
  doctorId: string;
  patientId: string;
  serviceId: string;
  startsAt: Date;
  endsAt: Date;
}

/** When somebody came, was sent in, and was done: a few minutes early, and to the minute. */
export const stayOf = ({ startsAt, endsAt }: Pick<Kept, 'startsAt' | 'endsAt'>) => ({
  checkedInAt: new Date(startsAt.getTime() - 6 * minuteMs),
  calledAt: new Date(startsAt.getTime() - minuteMs),
  startedAt: startsAt,
  completedAt: endsAt,
});

/**
 * Writes the visits of appointments that were kept, with their day's numbers. Without notes: those the treating doctor
 * alone can write, whoever else makes up a clinic.
 */
export async function addVisits(tx: Transaction, clinicId: string, kept: readonly Kept[]): Promise<void> {
  const lastNumbers = new Map<string, number>();
  const inOrder = [...kept].sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
  const visits = inOrder.map(({ id, doctorId, patientId, serviceId, ...times }) => {
    const stay = stayOf(times);
    const day = dayOf(stay.checkedInAt, sandboxZone);
    const queueNumber = (lastNumbers.get(day) ?? 0) + 1;
    lastNumbers.set(day, queueNumber);
    return {
      ...stay,
      id: visitId.make(stay.checkedInAt),
      clinicId,
      appointmentId: id,
      doctorId,
      patientId,
      serviceId,
      day,
      queueNumber,
      priority: 'NORMAL' as const,
      status: 'COMPLETED' as const,
      leftReason: null,
      followUpOn: null,
      updatedAt: stay.completedAt,
      version: 4,
    };
  });
  await tx.em.insertMany(VisitEntity, visits);
  await tx.em.insertMany(
    QueueCounterEntity,
    [...lastNumbers].map(([day, lastNumber]) => ({ clinicId, day, lastNumber })),
  );
}
