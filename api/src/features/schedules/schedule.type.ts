import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { LiveUpdate } from '../../platform/graphql/live-update.ts';
import { Node } from '../../platform/graphql/node.ts';
import { UserError } from '../../platform/graphql/payload.ts';
import { DateScalar, DateTimeScalar, LocalTimeScalar } from '../../platform/graphql/scalars.ts';

export enum WeekdayType {
  MONDAY = 'MONDAY',
  TUESDAY = 'TUESDAY',
  WEDNESDAY = 'WEDNESDAY',
  THURSDAY = 'THURSDAY',
  FRIDAY = 'FRIDAY',
  SATURDAY = 'SATURDAY',
  SUNDAY = 'SUNDAY',
}

registerEnumType(WeekdayType, { name: 'Weekday' });

@ObjectType({ description: "A weekly block of working hours, in the clinic's wall clock." })
export class ScheduleBlock {
  @Field(() => WeekdayType) weekday!: string;
  @Field(() => LocalTimeScalar) startsAt!: string;
  @Field(() => LocalTimeScalar) endsAt!: string;
  @Field(() => Int, { description: 'Minutes from one possible start to the next.' }) slotMinutes!: number;
}

@ObjectType({ implements: Node, description: 'Hours in which a doctor, or the whole clinic, does not work.' })
export class TimeOff extends Node {
  @Field(() => ID, { nullable: true, description: 'Null for the whole clinic.' }) doctorId!: string | null;
  @Field(() => DateTimeScalar) startsAt!: Date;
  @Field(() => DateTimeScalar) endsAt!: Date;
  @Field(() => String, { nullable: true }) reason!: string | null;
}

@ObjectType({ description: 'A time that can be booked.' })
export class Slot {
  @Field(() => ID) doctorId!: string;
  @Field(() => DateTimeScalar) startsAt!: Date;
  @Field(() => DateTimeScalar) endsAt!: Date;
}

@ArgsType()
export class AvailableSlotsArgs {
  @Field(() => String, { nullable: true, description: 'The address of any clinic; the caller’s own when left out.' })
  slug?: string | null;
  @Field(() => ID) serviceId!: string;
  @Field(() => ID, { nullable: true }) doctorId?: string | null;
  @Field(() => DateScalar) from!: string;
  @Field(() => DateScalar, { description: 'The last day, itself included.' }) to!: string;
  @Field(() => Int, { nullable: true, defaultValue: 100, description: '1 to 500.' }) first?: number | null;
}

@InputType()
export class ScheduleBlockInput {
  @Field(() => WeekdayType) weekday!: WeekdayType;
  @Field(() => LocalTimeScalar) startsAt!: string;
  @Field(() => LocalTimeScalar, { description: 'Later on the same day.' }) endsAt!: string;
  @Field(() => Int, { description: '5 to 240.' }) slotMinutes!: number;
}

@InputType()
export class SetScheduleInput {
  @Field(() => ID) doctorId!: string;
  @Field(() => [ScheduleBlockInput]) blocks!: ScheduleBlockInput[];
}

@InputType()
export class AddTimeOffInput {
  @Field(() => ID, {
    nullable: true,
    description: 'The whole clinic, e.g. a holiday, when left out; admin or owner.',
  })
  doctorId?: string | null;

  @Field(() => DateTimeScalar) startsAt!: Date;
  @Field(() => DateTimeScalar, { description: 'At most 366 days later; not past.' }) endsAt!: Date;
  @Field(() => String, { nullable: true, description: 'At most 300 characters.' }) reason?: string | null;
}

@ObjectType({ description: 'The time off that was added or removed, or the rules that said no.' })
export class TimeOffPayload {
  @Field(() => TimeOff, { nullable: true }) timeOff?: object | null;
  /** Not for callers: it is gone. */
  isRemoved?: boolean;
  @Field(() => [UserError]) userErrors!: UserError[];
}

@ObjectType({ implements: LiveUpdate, description: 'When somebody works was just changed.' })
export class ScheduleUpdate extends LiveUpdate {}
