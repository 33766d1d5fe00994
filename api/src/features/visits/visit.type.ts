import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionTypes } from '../../platform/graphql/connection.ts';
import { LiveUpdate } from '../../platform/graphql/live-update.ts';
import { Node } from '../../platform/graphql/node.ts';
import { UserError } from '../../platform/graphql/payload.ts';
import { DateScalar, DateTimeScalar } from '../../platform/graphql/scalars.ts';
import { Doctor } from '../accounts/index.ts';
import { Appointment } from '../appointments/index.ts';
import { Patient } from '../patients/index.ts';
import { Service } from '../services/index.ts';

export enum VisitStatusType {
  WAITING = 'WAITING',
  CALLED = 'CALLED',
  IN_PROGRESS = 'IN_PROGRESS',
  COMPLETED = 'COMPLETED',
  LEFT = 'LEFT',
}

registerEnumType(VisitStatusType, {
  name: 'VisitStatus',
  description: `WAITING → CALLED → IN_PROGRESS → COMPLETED
CALLED → WAITING (did not answer the call); IN_PROGRESS → WAITING (start undone, or out again for drops or a test)
WAITING or CALLED → LEFT (gone before being seen); IN_PROGRESS → LEFT (closed by admin or owner)`,
});

export enum VisitPriorityType {
  NORMAL = 'NORMAL',
  URGENT = 'URGENT',
}

registerEnumType(VisitPriorityType, { name: 'VisitPriority', description: 'Urgent patients are seen first.' });

export enum VisitAction {
  CALL = 'CALL',
  RETURN_TO_QUEUE = 'RETURN_TO_QUEUE',
  START = 'START',
  COMPLETE = 'COMPLETE',
  MARK_LEFT = 'MARK_LEFT',
  REASSIGN = 'REASSIGN',
}

registerEnumType(VisitAction, { name: 'VisitAction', description: 'A step that can be taken with a visit.' });

@ObjectType({
  implements: Node,
  description: "One stay of a patient at the clinic, from check-in to the doctor's completion.",
})
export class Visit extends Node {
  @Field(() => VisitStatusType) status!: string;
  @Field(() => Int, { description: "The day's running number, unique per clinic and day." }) queueNumber!: number;
  @Field(() => VisitPriorityType) priority!: string;
  @Field(() => Int, {
    nullable: true,
    description:
      "Minutes until this patient is likely seen, from the doctor's recent pace; null without data or once seen.",
  })
  estimatedWaitMinutes?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: '1 is next for this doctor; null once seen. The patient reads it too.',
  })
  queuePosition?: number | null;

  @Field(() => [VisitAction], {
    description: 'What the caller may do with it now: clients draw their buttons from this.',
  })
  allowedActions!: string[];

  @Field(() => Appointment) appointment!: object;
  @Field(() => Patient) patient!: object;
  @Field(() => Doctor) doctor!: object;
  @Field(() => Service) service!: object;
  @Field(() => DateTimeScalar) checkedInAt!: Date;
  @Field(() => DateTimeScalar, { nullable: true }) calledAt!: Date | null;
  @Field(() => DateTimeScalar, { nullable: true }) startedAt!: Date | null;
  @Field(() => DateTimeScalar, { nullable: true }) completedAt!: Date | null;
  @Field(() => DateScalar, {
    nullable: true,
    description: 'When the patient should come again; a recall goes out if nothing is booked by then.',
  })
  followUpOn!: string | null;

  @Field(() => Int) version!: number;
}

export const { ConnectionType: VisitConnection } = connectionTypes('Visit', () => Visit, 'visits');

@ObjectType({ description: "The day's queue of one doctor, or of the whole clinic: those the caller may see." })
export class Queue {
  @Field(() => DateScalar) date!: string;
  @Field(() => [Visit], { description: 'In the order in which they will be seen: urgent first, then by arrival.' })
  waiting!: object[];

  @Field(() => [Visit]) called!: object[];
  @Field(() => [Visit]) inProgress!: object[];
  @Field(() => [Visit]) completed!: object[];
  @Field(() => Int, {
    nullable: true,
    description: 'Expected minutes until a patient who checks in now is seen; null without data.',
  })
  estimatedWaitMinutes?: number | null;
}

@ObjectType()
export class VisitPayload {
  @Field(() => Visit, { nullable: true }) visit?: object | null;
  @Field(() => [UserError]) userErrors!: UserError[];
}

@ObjectType({ implements: LiveUpdate, description: 'Something in the queue changed.' })
export class QueueUpdate extends LiveUpdate {
  @Field(() => Visit, {
    nullable: true,
    description: 'What changed; null when it is gone, or is not for the caller to see.',
  })
  visit?: object | null;

  @Field(() => Queue, { description: 'As it is now.' }) queue!: object;
}

@ObjectType({
  implements: LiveUpdate,
  description:
    'The patient who has just been sent in, with the earlier visits to this doctor (at most ten, in patient.visits).',
})
export class ConsultationUpdate extends LiveUpdate {
  @Field(() => Visit, { nullable: true }) visit?: object | null;
}

@InputType()
export class WalkInInput {
  @Field(() => ID) patientId!: string;
  @Field(() => ID) doctorId!: string;
  @Field(() => ID) serviceId!: string;
}

@InputType()
export class ReassignVisitInput {
  @Field(() => ID) visitId!: string;
  @Field(() => ID, { nullable: true }) doctorId?: string | null;
  @Field(() => VisitPriorityType, { nullable: true }) priority?: VisitPriorityType | null;
}
