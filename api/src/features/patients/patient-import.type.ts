import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { UserError } from '../../platform/graphql/payload.ts';
import { Patient } from './patient.type.ts';

@InputType()
export class ImportPatientsInput {
  @Field(() => String, {
    description:
      'UTF-8 CSV with a header row: first_name,last_name,birth_date,age,sex,phone,email,address, in any order and letter ' +
      'case; only first_name is required. Commas, semicolons or tabs; 50,000 rows at most. Phone numbers without a ' +
      "country code are read as the clinic's country's.",
  })
  csv!: string;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Checks every row and saves nothing.',
  })
  dryRun?: boolean | null;

  @Field(() => String, { nullable: true, description: 'A name of your own, to ask importProgress by.' })
  progressKey?: string | null;
}

@ObjectType({ description: 'A row that was not taken.' })
export class ImportRejection {
  @Field(() => Int, { description: 'Counts from 1, the header not counted.' }) row!: number;
  @Field(() => String) message!: string;
}

@ObjectType()
export class ImportPayload {
  @Field(() => Int) createdCount!: number;
  @Field(() => Int, { description: 'Rows that keep the rules; in a dry run, those that would be made.' })
  validCount!: number;
  @Field(() => ID, { nullable: true, description: 'For undoImport; null when nothing was made.' })
  importId?: string | null;

  @Field(() => [ImportRejection], {
    description:
      'In the order of the file: rows that break a rule, and rows that look like an earlier one or like a record of the clinic.',
  })
  rejected!: ImportRejection[];

  @Field(() => [UserError]) userErrors!: UserError[];
}

@ObjectType({ description: 'How far an import is, from any process.' })
export class ImportProgress {
  @Field(() => Int) processed!: number;
  @Field(() => Int) total!: number;
  @Field(() => Boolean) done!: boolean;
}

@ObjectType()
export class UndoImportPayload {
  @Field(() => Int) removedCount!: number;
  @Field(() => Int) keptCount!: number;
  @Field(() => [Patient], { description: 'Those that were changed, or that something hangs off; the first hundred.' })
  kept!: object[];
  @Field(() => [UserError]) userErrors!: UserError[];
}
