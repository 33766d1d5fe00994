import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { PageArgs } from '../../platform/graphql/page-args.ts';
import { DateTimeScalar } from '../../platform/graphql/scalars.ts';
import { AppointmentOrderField, AppointmentStatusType, OrderDirection } from './appointment.enums.ts';

@InputType()
export class AppointmentFilter {
  @Field(() => ID, { nullable: true, description: 'A doctor who names a colleague finds nothing.' }) doctorId?:
    string | null;
  @Field(() => ID, { nullable: true }) patientId?: string | null;
  @Field(() => ID, { nullable: true }) serviceId?: string | null;
  @Field(() => [AppointmentStatusType], { nullable: true }) status?: AppointmentStatusType[] | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Starts at or after.' }) from?: Date | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Starts before.' }) to?: Date | null;
  @Field(() => Boolean, { nullable: true }) overdue?: boolean | null;
  @Field(() => Boolean, { nullable: true }) archived?: boolean | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'The consultation is completed and, with AFTER_PAYMENT, nothing is unpaid: what a doctor may close.',
  })
  readyToClose?: boolean | null;
}

@InputType()
export class AppointmentOrder {
  @Field(() => AppointmentOrderField, { defaultValue: AppointmentOrderField.STARTS_AT }) field!: AppointmentOrderField;
  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC }) direction!: OrderDirection;
}

@ArgsType()
export class FilteredAppointmentsArgs extends PageArgs {
  @Field(() => AppointmentFilter, { nullable: true }) filter?: AppointmentFilter | null;
}

@ArgsType()
export class AppointmentsArgs extends FilteredAppointmentsArgs {
  @Field(() => AppointmentOrder, { nullable: true }) orderBy?: AppointmentOrder | null;
}

@InputType()
export class RequestAppointmentInput {
  @Field(() => ID, { nullable: true, description: 'Left out by a patient; named by the front desk or a partner.' })
  patientId?: string | null;

  @Field(() => ID) doctorId!: string;
  @Field(() => ID) serviceId!: string;
  @Field(() => DateTimeScalar) startsAt!: Date;
  @Field(() => String, { nullable: true, description: 'At most 1,000 characters.' }) reason?: string | null;
}

@InputType()
export class BookAppointmentInput {
  @Field(() => ID) patientId!: string;
  @Field(() => ID) doctorId!: string;
  @Field(() => ID) serviceId!: string;
  @Field(() => DateTimeScalar) startsAt!: Date;
  @Field(() => String, { nullable: true, description: 'At most 1,000 characters.' }) reason?: string | null;
  @Field(() => Int, { nullable: true, description: "5 to 480; the service's when left out." }) durationMinutes?:
    number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Books on top of another appointment, on purpose; doctor, admin or owner. Audited.',
  })
  overbookReason?: string | null;
}

@InputType()
export class AppointmentActionInput {
  @Field(() => ID) appointmentId!: string;
  @Field(() => Int, {
    nullable: true,
    description: 'From the object as last read; a stale one is refused with CONFLICT.',
  })
  version?: number | null;
}

@InputType()
export class RejectAppointmentInput extends AppointmentActionInput {
  @Field(() => String, { description: 'Goes to the patient; at most 1,000 characters.' }) note!: string;
}

@InputType()
export class CancelAppointmentInput extends AppointmentActionInput {
  @Field(() => String, { nullable: true, description: 'Goes to the patient; at most 1,000 characters.' }) note?:
    string | null;
}

@InputType()
export class RescheduleAppointmentInput extends AppointmentActionInput {
  @Field(() => DateTimeScalar) startsAt!: Date;

  @Field(() => Int, {
    nullable: true,
    description: "The service's duration when left out; otherwise that many minutes, 5 to 480, staff only.",
  })
  durationMinutes?: number | null;

  @Field(() => ID, { nullable: true, description: 'Another doctor; a doctor moves own appointments to nobody else.' })
  doctorId?: string | null;

  @Field(() => String, { nullable: true, description: 'Goes to the patient; at most 1,000 characters.' }) note?:
    string | null;

  @Field(() => String, { nullable: true, description: 'As in BookAppointmentInput.' }) overbookReason?: string | null;
}
