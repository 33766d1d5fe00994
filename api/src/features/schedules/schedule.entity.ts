import { defineEntity, p } from '@mikro-orm/postgresql';
import type { Weekday } from '../../platform/zone.ts';

/** A weekly block of working hours, in the clinic's wall clock: 09:00 stays 09:00 across a clock change. */
export const ScheduleBlockEntity = defineEntity({
  name: 'ScheduleBlock',
  tableName: 'schedule_block',
  properties: {
    id: p.uuid().primary(),
    clinicId: p.uuid(),
    doctorId: p.uuid(),
    weekday: p.text().$type<Weekday>(),
    startsAt: p.text().columnType('time'),
    endsAt: p.text().columnType('time'),
    slotMinutes: p.integer(),
  },
});

/** Hours in which a doctor, or without one the whole clinic, does not work. It wins over working hours. */
export const TimeOffEntity = defineEntity({
  name: 'TimeOff',
  tableName: 'time_off',
  properties: {
    id: p.uuid().primary(),
    clinicId: p.uuid(),
    doctorId: p.uuid().nullable(),
    startsAt: p.datetime(),
    endsAt: p.datetime(),
    reason: p.text().nullable(),
    createdAt: p.datetime(),
  },
});
