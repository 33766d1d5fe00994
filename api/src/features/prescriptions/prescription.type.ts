import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Node } from '../../platform/graphql/node.ts';
import { UserError } from '../../platform/graphql/payload.ts';
import { DateTimeScalar, URLScalar } from '../../platform/graphql/scalars.ts';
import { Doctor } from '../accounts/index.ts';
import { Appointment } from '../appointments/index.ts';
import { Patient } from '../patients/index.ts';
import { Visit } from '../visits/index.ts';

@ObjectType({ description: 'One medication of a prescription, and how it is taken.' })
export class PrescriptionItem {
  @Field(() => String) medication!: string;
  @Field(() => String) dosage!: string;
  @Field(() => String, { nullable: true }) frequency!: string | null;
  @Field(() => Int, { nullable: true, description: 'Days; null where the doctor left it open.' })
  durationDays!: number | null;

  @Field(() => String, { nullable: true }) instructions!: string | null;
}

@ObjectType({ implements: Node, description: 'What a doctor prescribed during or after one visit.' })
export class Prescription extends Node {
  @Field(() => Appointment) appointment!: object;
  @Field(() => Visit) visit!: object;
  @Field(() => Doctor) doctor!: object;
  @Field(() => Patient) patient!: object;
  @Field(() => [PrescriptionItem]) items!: object[];
  @Field(() => String, { nullable: true, description: 'For the whole of it.' }) instructions!: string | null;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'A prescription is never edited: it is voided and written anew.',
  })
  voidedAt!: Date | null;

  @Field(() => String, { nullable: true }) voidReason!: string | null;
  @Field(() => [String], {
    description:
      'Warnings that the doctor overrode when signing, e.g. an allergy. Empty for whoever does not read allergies.',
  })
  overriddenWarnings!: string[];

  @Field(() => URLScalar, {
    description: 'A signed link to the printable PDF, valid for minutes: A5, or A4 with `?size=a4` behind it.',
  })
  pdfUrl!: string;

  @Field(() => DateTimeScalar) createdAt!: Date;
}

@ObjectType({ description: 'What a doctor prescribes again and again, in the words they used last.' })
export class FavouriteMedication {
  @Field(() => String) medication!: string;
  @Field(() => String) dosage!: string;
  @Field(() => String, { nullable: true }) frequency!: string | null;
  @Field(() => Int, { nullable: true, description: 'Days.' }) durationDays!: number | null;
  @Field(() => String, { nullable: true }) instructions!: string | null;
  @Field(() => Int, { description: 'How often, of late.' }) usedCount!: number;
  @Field(() => DateTimeScalar) lastUsedAt!: Date;
}

@InputType()
export class PrescriptionItemInput {
  @Field(() => String, { description: 'At most 200 characters.' }) medication!: string;
  @Field(() => String, { description: 'At most 200 characters.' }) dosage!: string;
  @Field(() => String, { nullable: true, description: 'At most 200 characters.' }) frequency?: string | null;
  @Field(() => Int, { nullable: true, description: 'Days, 1 to 365; left open it counts as 30.' }) durationDays?:
    number | null;

  @Field(() => String, { nullable: true, description: 'At most 500 characters.' }) instructions?: string | null;
}

@InputType()
export class CreatePrescriptionInput {
  @Field(() => ID) visitId!: string;
  @Field(() => [PrescriptionItemInput], { description: '1 to 30.' }) items!: PrescriptionItemInput[];
  @Field(() => String, { nullable: true, description: 'At most 2,000 characters.' }) instructions?: string | null;
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Signs in spite of the warnings that came back.',
  })
  overrideWarnings?: boolean | null;
}

@ObjectType()
export class PrescriptionPayload {
  @Field(() => Prescription, { nullable: true }) prescription?: object | null;
  @Field(() => [String], {
    description: 'Allergies and doubled medications found; nothing is saved until they are overridden.',
  })
  warnings!: string[];

  @Field(() => [UserError]) userErrors!: UserError[];
}
