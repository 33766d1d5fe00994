import { Field, Int, ObjectType } from 'type-graphql';
import { DateScalar, LocalTimeScalar, TimeZoneScalar } from '../../platform/graphql/scalars.ts';
import { Appointment } from './appointment.type.ts';

@ObjectType({ description: 'One appointment on the wall clock of either zone; its instant stays.' })
export class TimeZoneChangeExample {
  @Field(() => Appointment) appointment!: object;
  @Field(() => DateScalar) dayBefore!: string;
  @Field(() => LocalTimeScalar) timeBefore!: string;
  @Field(() => DateScalar) dayAfter!: string;
  @Field(() => LocalTimeScalar) timeAfter!: string;
  @Field(() => Boolean, { description: "Whether it would lie outside the doctor's working hours." })
  outsideHours!: boolean;
}

@ObjectType({
  description:
    'What another time zone would mean. Appointments keep their instants and so show another time on the wall; working hours keep their wall-clock times and so begin at other instants.',
})
export class TimeZoneChange {
  @Field(() => TimeZoneScalar, { description: "The clinic's zone now." }) from!: string;
  @Field(() => TimeZoneScalar) to!: string;

  @Field(() => Int, { description: 'Appointments to come, asked for or booked.' })
  upcomingCount!: number;

  @Field(() => Int, { description: "Of them, those that would lie outside their doctor's working hours." })
  outsideHoursCount!: number;

  @Field(() => Int, { description: 'Of them, those that lie outside working hours as it is.' })
  outsideHoursNowCount!: number;

  @Field(() => [TimeZoneChangeExample], {
    description: 'Ten at most: those that would fall outside working hours first, the soonest first.',
  })
  examples!: TimeZoneChangeExample[];
}
