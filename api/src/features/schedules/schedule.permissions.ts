import { allow, permissions } from '../../access/permissions.ts';
import { SIGNED_IN, STAFF } from '../../access/roles.ts';

export const schedulePermissions = permissions(
  allow('PUBLIC').ask('availableSlots'),
  allow('PUBLIC').read('Slot', ['doctorId', 'startsAt', 'endsAt']),
  allow(SIGNED_IN).read('Doctor', ['schedule']),
  allow(SIGNED_IN).read('ScheduleBlock', ['weekday', 'startsAt', 'endsAt', 'slotMinutes']),
  allow(STAFF).watch('scheduleChanged'),
  allow(STAFF).read('ScheduleUpdate', ['cursor', 'at', 'resync', 'doctorId']),
  allow(STAFF).read('Doctor', ['timeOff']),
  allow(STAFF).read('TimeOff', ['id', 'doctorId', 'startsAt', 'endsAt', 'reason']),
  allow(['OWNER', 'ADMIN', 'DOCTOR']).call('setSchedule', 'addTimeOff', 'removeTimeOff'),
  allow(['OWNER', 'ADMIN', 'DOCTOR']).read('TimeOffPayload', ['timeOff', 'userErrors']),
);
