import { defineEntity, p } from '@mikro-orm/postgresql';
import type { WaitlistStatus } from './waitlist.domain.ts';

/** Somebody who waits for a slot. A running offer holds its time: see held_time in api/migrations. */
export const WaitlistEntryEntity = defineEntity({
  name: 'WaitlistEntry',
  tableName: 'waitlist_entry',
  properties: {
    id: p.uuid().primary(),
    clinicId: p.uuid(),
    patientId: p.uuid(),
    /** Null for whoever takes any doctor. */
    doctorId: p.uuid().nullable(),
    serviceId: p.uuid(),
    earliest: p.date(),
    latest: p.date(),
    status: p.text().$type<WaitlistStatus>(),
    /** The place in the queue: since joining, or since the last offer that was not taken. */
    waitingSince: p.datetime(),
    offerDoctorId: p.uuid().nullable(),
    offerStartsAt: p.datetime().nullable(),
    offerEndsAt: p.datetime().nullable(),
    offerExpiresAt: p.datetime().nullable(),
    passedOffers: p.array<string>().columnType('text[]'),
    appointmentId: p.uuid().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});
