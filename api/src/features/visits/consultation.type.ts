import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { DateScalar, DateTimeScalar, DecimalScalar } from '../../platform/graphql/scalars.ts';
import { User } from '../accounts/index.ts';

@ObjectType({
  description:
    'Refraction and pressure of one eye. Dioptres in quarter steps; axis 0 to 180 degrees; pressure in mmHg.',
})
export class EyeFindings {
  @Field(() => String, { nullable: true }) visualAcuity!: string | null;
  @Field(() => DecimalScalar, { nullable: true }) sphere!: string | null;
  @Field(() => DecimalScalar, { nullable: true }) cylinder!: string | null;
  @Field(() => Int, { nullable: true }) axis!: number | null;
  @Field(() => DecimalScalar, { nullable: true }) addition!: string | null;
  @Field(() => DecimalScalar, { nullable: true }) intraocularPressure!: string | null;
}

@ObjectType({ description: 'Findings per eye.' })
export class EyeExam {
  @Field(() => EyeFindings) right!: EyeFindings;
  @Field(() => EyeFindings) left!: EyeFindings;
  @Field(() => DecimalScalar, { nullable: true }) pupillaryDistanceMm!: string | null;
}

@ObjectType({ description: 'What was added to locked notes.' })
export class Addendum {
  @Field(() => String) text!: string;
  @Field(() => User) author!: object;
  @Field(() => DateTimeScalar) createdAt!: Date;
}

@ObjectType({ description: 'What the treating doctor wrote during a visit.' })
export class Consultation {
  @Field(() => String, { nullable: true }) symptoms!: string | null;
  @Field(() => String, { nullable: true }) diagnosis!: string | null;
  @Field(() => String, { nullable: true }) notes!: string | null;
  @Field(() => EyeExam, { nullable: true, description: 'For eye clinics: findings per eye.' }) eyeExam!: object | null;
  @Field(() => Boolean, {
    description: 'After completion the notes are locked; what comes later is added, never rewritten.',
  })
  locked?: boolean;

  @Field(() => [Addendum], { description: 'Oldest first.' }) addenda?: object[];
  @Field(() => DateTimeScalar) updatedAt!: Date;
  @Field(() => Int) version!: number;
}

@ObjectType({ description: 'Vital signs of one visit.' })
export class Vitals {
  @Field(() => DecimalScalar, { nullable: true, description: 'Degrees Celsius.' }) temperature!: string | null;
  @Field(() => Int, { nullable: true, description: 'mmHg.' }) systolic!: number | null;
  @Field(() => Int, { nullable: true, description: 'mmHg.' }) diastolic!: number | null;
  @Field(() => Int, { nullable: true, description: 'Beats per minute.' }) pulse!: number | null;
  @Field(() => DecimalScalar, { nullable: true, description: 'Kilograms.' }) weight!: string | null;
  @Field(() => DecimalScalar, { nullable: true, description: 'Centimetres.' }) height!: string | null;
  @Field(() => DateTimeScalar) recordedAt!: Date;
}

@InputType()
export class EyeFindingsInput {
  @Field(() => String, { nullable: true }) visualAcuity?: string | null;
  @Field(() => DecimalScalar, { nullable: true }) sphere?: string | null;
  @Field(() => DecimalScalar, { nullable: true }) cylinder?: string | null;
  @Field(() => Int, { nullable: true }) axis?: number | null;
  @Field(() => DecimalScalar, { nullable: true }) addition?: string | null;
  @Field(() => DecimalScalar, { nullable: true }) intraocularPressure?: string | null;
}

@InputType()
export class EyeExamInput {
  @Field(() => EyeFindingsInput) right!: EyeFindingsInput;
  @Field(() => EyeFindingsInput) left!: EyeFindingsInput;
  @Field(() => DecimalScalar, { nullable: true }) pupillaryDistanceMm?: string | null;
}

@InputType()
export class RecordConsultationInput {
  @Field(() => ID) visitId!: string;
  @Field(() => String, { nullable: true, description: 'At most 10,000 characters.' }) symptoms?: string | null;
  @Field(() => String, { nullable: true, description: 'At most 10,000 characters.' }) diagnosis?: string | null;
  @Field(() => String, { nullable: true, description: 'At most 20,000 characters.' }) notes?: string | null;
  @Field(() => EyeExamInput, { nullable: true }) eyeExam?: EyeExamInput | null;
  @Field(() => Int, {
    nullable: true,
    description:
      'Of the consultation, not of the visit; null while nothing was written. A stale one is refused with CONFLICT.',
  })
  version?: number | null;
}

@InputType()
export class CompleteConsultationInput {
  @Field(() => ID) visitId!: string;
  @Field(() => String, { nullable: true, description: 'Replaces the notes; they stay when left out.' }) notes?:
    string | null;

  @Field(() => DateScalar, { nullable: true, description: 'A clinic day after today.' }) followUpOn?: string | null;
  @Field(() => Int, { nullable: true, description: 'Of the consultation, as last read.' }) version?: number | null;
}

@InputType()
export class RecordVitalsInput {
  @Field(() => ID) visitId!: string;
  @Field(() => DecimalScalar, { nullable: true, description: 'Degrees Celsius, 25 to 45.' }) temperature?:
    string | null;
  @Field(() => Int, { nullable: true, description: 'mmHg, 40 to 300.' }) systolic?: number | null;
  @Field(() => Int, { nullable: true, description: 'mmHg, 20 to 200.' }) diastolic?: number | null;
  @Field(() => Int, { nullable: true, description: 'Beats per minute, 20 to 300.' }) pulse?: number | null;
  @Field(() => DecimalScalar, { nullable: true, description: 'Kilograms, 0.3 to 500.' }) weight?: string | null;
  @Field(() => DecimalScalar, { nullable: true, description: 'Centimetres, 20 to 260.' }) height?: string | null;
}
