import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { PageArgs } from '../../platform/graphql/page-args.ts';
import { DateScalar, DecimalScalar } from '../../platform/graphql/scalars.ts';
import { BillStatusType, PaymentMethodType, PaymentStatusType } from './billing.enums.ts';

@InputType()
export class BillFilter {
  @Field(() => String, { nullable: true, description: "Number, or part of the patient's name." }) search?:
    string | null;
  @Field(() => [BillStatusType], { nullable: true }) status?: BillStatusType[] | null;
  @Field(() => ID, { nullable: true, description: 'A doctor who names a colleague finds nothing.' }) doctorId?:
    string | null;
  @Field(() => ID, { nullable: true }) patientId?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Clinic days on which it was made, both included.' })
  from?: string | null;
  @Field(() => DateScalar, { nullable: true }) to?: string | null;
}

@ArgsType()
export class BillsArgs extends PageArgs {
  @Field(() => BillFilter, { nullable: true }) filter?: BillFilter | null;
}

@InputType()
export class PaymentFilter {
  @Field(() => ID, { nullable: true }) doctorId?: string | null;
  @Field(() => ID, { nullable: true }) patientId?: string | null;
  @Field(() => [PaymentStatusType], { nullable: true }) status?: PaymentStatusType[] | null;
  @Field(() => [PaymentMethodType], { nullable: true }) method?: PaymentMethodType[] | null;
  @Field(() => DateScalar, { nullable: true, description: 'Clinic days on which they were made, both included.' })
  from?: string | null;
  @Field(() => DateScalar, { nullable: true }) to?: string | null;
}

@ArgsType()
export class PaymentsArgs extends PageArgs {
  @Field(() => PaymentFilter, { nullable: true }) filter?: PaymentFilter | null;
}

@InputType()
export class BillItemInput {
  @Field(() => String, { description: 'At most 200 characters.' }) description!: string;
  @Field(() => Int, { defaultValue: 1, description: '1 to 10,000.' }) quantity!: number;
  @Field(() => DecimalScalar, { description: 'Before tax.' }) unitPrice!: string;
  @Field(() => DecimalScalar, { nullable: true, description: "The service's, else the clinic's." }) taxPercent?:
    string | null;
  @Field(() => ID, { nullable: true }) serviceId?: string | null;
}

@InputType()
export class CreateBillInput {
  @Field(() => ID) appointmentId!: string;
  @Field(() => DecimalScalar, {
    nullable: true,
    description: "Either one amount, before tax, or items. An amount becomes one line of the appointment's service.",
  })
  amount?: string | null;

  @Field(() => [BillItemInput], { nullable: true, description: 'At most 100.' }) items?: BillItemInput[] | null;
  @Field(() => DecimalScalar, { nullable: true, description: 'Off the lines, before tax.' }) discount?: string | null;
  @Field(() => String, { nullable: true, description: 'Printed on it; at most 2,000 characters.' }) notes?:
    string | null;
}

@InputType({ description: 'What is left out stays; items are replaced as a whole.' })
export class UpdateBillInput {
  @Field(() => ID) billId!: string;
  @Field(() => Int, { nullable: true }) version?: number | null;
  @Field(() => [BillItemInput], { nullable: true }) items?: BillItemInput[] | null;
  @Field(() => DecimalScalar, { nullable: true }) discount?: string | null;
  @Field(() => String, { nullable: true, description: 'Null clears.' }) notes?: string | null;
}

@InputType()
export class RecordPaymentInput {
  @Field(() => ID) billId!: string;
  @Field(() => DecimalScalar, { nullable: true, description: 'The whole balance when left out.' }) amount?:
    string | null;
  @Field(() => PaymentMethodType) method!: PaymentMethodType;
  @Field(() => String, { nullable: true, description: 'Of the transfer or the card slip; at most 120 characters.' })
  reference?: string | null;
}

@InputType()
export class RefundPaymentInput {
  @Field(() => ID) paymentId!: string;
  @Field(() => DecimalScalar, { nullable: true, description: 'The whole payment when left out.' }) amount?:
    string | null;
  @Field(() => String, { description: 'At most 500 characters.' }) reason!: string;
}
