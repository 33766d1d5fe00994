export { ScheduleBlockEntity, TimeOffEntity } from './schedule.entity.ts';
export { scheduleFacts } from './schedule.events.ts';
export { blocksOf, busySpans, patientIsBusy, timeOffById, type BlockRow, type TimeOffRow } from './schedule.queries.ts';
export { freeSlots, wallClockOf, type WallClock } from './slot.domain.ts';
export { DoctorScheduleResolver } from './schedule.resolver.ts';
export { ScheduleLiveResolver } from './schedule-live.resolver.ts';
export { schedulePermissions } from './schedule.permissions.ts';
export { blockId, setSchedule, timeOffId } from './schedule.service.ts';
export { Slot, TimeOffPayload } from './schedule.type.ts';
export {
  alternativesTo,
  assertFree,
  assertWithinHours,
  availableSlots,
  slotTaken,
  type Slot as SlotRow,
  type Wanted,
} from './slot.service.ts';
export { addTimeOff, removeTimeOff } from './time-off.service.ts';
