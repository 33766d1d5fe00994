import { Field, Int, ObjectType } from 'type-graphql';
import { connectionTypes } from '../../platform/graphql/connection.ts';
import { LiveUpdate } from '../../platform/graphql/live-update.ts';
import { Node } from '../../platform/graphql/node.ts';
import { UserError } from '../../platform/graphql/payload.ts';
import { DateTimeScalar } from '../../platform/graphql/scalars.ts';
import { Doctor } from '../accounts/index.ts';
import { Clinic } from '../clinics/index.ts';
import { Patient } from '../patients/index.ts';
import { Slot } from '../schedules/index.ts';
import { Service } from '../services/index.ts';
import {
  AppointmentAction,
  AppointmentEventType,
  AppointmentSourceType,
  AppointmentStatusType,
} from './appointment.enums.ts';

@ObjectType({ description: 'One step of an appointment.' })
export class AppointmentEvent {
  @Field(() => AppointmentEventType) type!: string;
  @Field(() => DateTimeScalar) at!: Date;
  @Field(() => String) actorName!: string;
  @Field(() => AppointmentStatusType, { nullable: true }) fromStatus!: string | null;
  @Field(() => AppointmentStatusType) toStatus!: string;
  @Field(() => DateTimeScalar, { nullable: true, description: 'RESCHEDULED: the start before.' })
  previousStartsAt!: Date | null;
  @Field(() => String, { nullable: true }) note!: string | null;
}

@ObjectType({ implements: Node, description: 'The unit of clinic work: every other record hangs off one.' })
export class Appointment extends Node {
  @Field(() => AppointmentStatusType) status!: string;
  @Field(() => AppointmentSourceType) source!: string;
  @Field(() => DateTimeScalar) startsAt!: Date;
  @Field(() => DateTimeScalar) endsAt!: Date;
  @Field(() => String, { nullable: true, description: 'What the patient wrote when asking.' }) reason!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The doctor's words to the patient on rejection, or those of whoever cancelled or moved it last.",
  })
  note!: string | null;

  @Field(() => Boolean, {
    description: 'Still REQUESTED, APPROVED or CHECKED_IN although its day has passed: shown apart, to be dealt with.',
  })
  overdue!: boolean;

  @Field(() => Boolean, { description: "In history: final, no longer part of the day's work." }) archived!: boolean;

  @Field(() => [AppointmentAction], {
    description:
      "What the caller may do with it now: the state's next steps that the caller's role allows. Clients draw their buttons from this.",
  })
  allowedActions!: string[];

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the patient answered the reminder with yes.' })
  confirmedByPatientAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was booked on top of another, if it was.' })
  overbookReason!: string | null;

  @Field(() => Clinic) clinic!: Clinic;
  @Field(() => Doctor) doctor!: Doctor;
  @Field(() => Patient) patient!: Patient;
  @Field(() => Service) service!: Service;
  @Field(() => [AppointmentEvent], { description: 'Who did what, in order.' }) timeline!: AppointmentEvent[];
  @Field(() => DateTimeScalar) createdAt!: Date;
  @Field(() => DateTimeScalar) updatedAt!: Date;
  @Field(() => Int, { description: 'Hand it back with a change: a stale one is refused with CONFLICT.' })
  version!: number;
}

export const { ConnectionType: AppointmentConnection } = connectionTypes(
  'Appointment',
  () => Appointment,
  'appointments',
);

@ObjectType({ description: 'The appointment as it is now, or the rules that said no.' })
export class AppointmentPayload {
  @Field(() => Appointment, { nullable: true }) appointment?: object | null;

  @Field(() => [Slot], { description: 'With SLOT_TAKEN or OUTSIDE_SCHEDULE: the nearest free ones.' })
  alternativeSlots!: Slot[];

  @Field(() => [UserError]) userErrors!: UserError[];
}

@ObjectType({ implements: LiveUpdate, description: 'A step that was just taken.' })
export class AppointmentUpdate extends LiveUpdate {
  @Field(() => AppointmentEventType, { nullable: true }) type!: string | null;
  @Field(() => Appointment, { nullable: true }) appointment!: Appointment | null;
}
