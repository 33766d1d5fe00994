import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionTypes } from '../../platform/graphql/connection.ts';
import { Node } from '../../platform/graphql/node.ts';
import { ForwardArgs } from '../../platform/graphql/page-args.ts';
import { DateTimeScalar, JSONObjectScalar } from '../../platform/graphql/scalars.ts';

@ObjectType({
  implements: Node,
  description: 'One line of the audit trail: written in the same transaction as what it records, never changed.',
})
export class AuditEntry extends Node {
  @Field(() => DateTimeScalar) at!: Date;
  @Field(() => String) actorName!: string;

  @Field(() => String, {
    description:
      'Object and verb, e.g. appointment.approve, patient.read. What was refused ends in refuse: approveAppointment.refuse.',
  })
  action!: string;

  @Field(() => ID, { nullable: true, description: 'What it was done to, or tried on.' }) subjectId!: string | null;

  @Field(() => JSONObjectScalar, {
    nullable: true,
    description:
      'Field names and their values before and after, as [before, after]; secrets and clinical text are left out. Null for a patient who reads.',
  })
  changes!: Record<string, unknown> | null;

  @Field(() => String, { nullable: true, description: 'Null for a patient who reads, and for the system itself.' })
  ipAddress!: string | null;
}

export const { ConnectionType: AuditEntryConnection } = connectionTypes(
  'AuditEntry',
  () => AuditEntry,
  'lines of the audit trail',
);

@ObjectType({
  description:
    'Each entry carries a hash over itself and the one before: whoever changes or removes one breaks the chain there.',
})
export class AuditVerification {
  @Field(() => Boolean) intact!: boolean;
  @Field(() => Int) checkedCount!: number;

  @Field(() => AuditEntry, {
    nullable: true,
    description:
      'The first entry that does not fit; after a gap the next one, and when the end is missing the last one.',
  })
  brokenAt!: object | null;
}

@InputType()
export class AuditFilter {
  @Field(() => ID, { nullable: true, description: 'Who: a user.' }) actorId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Whose: any object, e.g. a patient.' }) subjectId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'A whole action such as patient.read, or one word of it: patient, read, refuse.',
  })
  action?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'From this instant on.' }) from?: Date | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Before this instant.' }) to?: Date | null;
}

@ArgsType()
export class AuditLogArgs extends ForwardArgs {
  @Field(() => AuditFilter, { nullable: true }) filter?: AuditFilter | null;
}
