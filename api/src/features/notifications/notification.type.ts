import { Field, Int, ObjectType } from 'type-graphql';
import { connectionTypes } from '../../platform/graphql/connection.ts';
import { LiveUpdate } from '../../platform/graphql/live-update.ts';
import { Node } from '../../platform/graphql/node.ts';
import { UserError } from '../../platform/graphql/payload.ts';
import { DateTimeScalar } from '../../platform/graphql/scalars.ts';
import { Appointment } from '../appointments/index.ts';
import { Patient } from '../patients/index.ts';
import { DeliveryStatus, NotificationChannel, NotificationType } from './notification.enums.ts';

@ObjectType({ description: 'One message on one channel.' })
export class Delivery {
  @Field(() => NotificationChannel) channel!: string;
  @Field(() => DeliveryStatus) status!: string;
  @Field(() => Int) attempts!: number;
  @Field(() => String, { nullable: true, description: 'What the provider last said, for staff.' }) error!:
    string | null;
  @Field(() => DateTimeScalar, { nullable: true }) sentAt!: Date | null;
  @Field(() => DateTimeScalar) updatedAt!: Date;
}

@ObjectType({ implements: Node, description: 'A message to one person, in their language.' })
export class Notification extends Node {
  @Field(() => String) recipientName!: string;
  @Field(() => Patient, { nullable: true }) patient!: Patient | null;
  @Field(() => NotificationType) type!: string;
  @Field(() => String) title!: string;
  @Field(() => String) body!: string;

  @Field(() => Appointment, {
    nullable: true,
    description: 'The appointment that it is about; null for clinic-wide alerts.',
  })
  appointment!: Appointment | null;

  @Field(() => [Delivery]) deliveries!: Delivery[];
  @Field(() => DateTimeScalar, { nullable: true }) readAt!: Date | null;
  @Field(() => DateTimeScalar) createdAt!: Date;
}

export const { ConnectionType: NotificationConnection } = connectionTypes(
  'Notification',
  () => Notification,
  'messages',
);

@ObjectType()
export class NotificationsReadPayload {
  @Field(() => Int) unreadCount!: number;
  @Field(() => [UserError]) userErrors!: UserError[];
}

@ObjectType({
  implements: LiveUpdate,
  description: 'A message that just arrived, or (without one) was read on another screen.',
})
export class NotificationUpdate extends LiveUpdate {
  @Field(() => Notification, { nullable: true }) notification!: Notification | null;
  @Field(() => Int) unreadCount!: number;
}
