import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import type { Connection } from '../../platform/graphql/connection.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { watch, type LiveItem, type Topic } from '../../access/watch.ts';
import { Viewer } from '../accounts/index.ts';
import { Appointment, appointmentById, type AppointmentRow } from '../appointments/index.ts';
import { Patient, patientById, type PatientRow } from '../patients/index.ts';
import {
  countUnread,
  deliveriesOf,
  listOwnNotifications,
  notificationById,
  notificationsOfAppointment,
  type DeliveryRow,
  type NotificationRow,
} from './notification.queries.ts';
import { markNotificationsRead, notificationFacts, notificationId } from './notification.service.ts';
import {
  Delivery,
  Notification,
  NotificationConnection,
  NotificationsReadPayload,
  NotificationUpdate,
} from './notification.type.ts';

@Resolver(() => Notification)
export class NotificationResolver {
  @Query(() => NotificationConnection, { nullable: true, description: "The caller's own, newest first." })
  notifications(
    @Ctx() ctx: Context,
    @Arg('first', () => Int, { nullable: true }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Arg('unreadOnly', () => Boolean, { nullable: true, defaultValue: false }) unreadOnly: boolean | null,
  ): Promise<Connection<NotificationRow>> {
    return listOwnNotifications(ctx, { first, after }, unreadOnly === true);
  }

  @FieldResolver(() => Patient, { nullable: true })
  patient(@Root() notification: NotificationRow, @Ctx() ctx: Context): Promise<PatientRow | null> | null {
    return notification.patientId === null ? null : ctx.load(patientById, notification.patientId);
  }

  @FieldResolver(() => Appointment, { nullable: true })
  appointment(@Root() notification: NotificationRow, @Ctx() ctx: Context): Promise<AppointmentRow | null> | null {
    return notification.appointmentId === null ? null : ctx.load(appointmentById, notification.appointmentId);
  }

  @FieldResolver(() => [Delivery])
  deliveries(@Root() notification: NotificationRow, @Ctx() ctx: Context): Promise<DeliveryRow[]> {
    return ctx.load(deliveriesOf, notification.id);
  }

  @Mutation(() => NotificationsReadPayload, {
    nullable: true,
    description: "All of the caller's when ids is left out.",
  })
  async markNotificationsRead(
    @Ctx() ctx: Context,
    @Arg('ids', () => [ID], { nullable: true }) ids: string[] | null,
  ): Promise<NotificationsReadPayload> {
    const named = ids?.map((id, index) => notificationId.parse(id, ['ids', String(index)])) ?? null;
    await markNotificationsRead(ctx, named);
    return { unreadCount: await countUnread(ctx), userErrors: [] };
  }
}

@Resolver(() => Viewer)
export class ViewerNotificationsResolver {
  @FieldResolver(() => Int)
  unreadNotificationCount(@Ctx() ctx: Context): Promise<number> {
    return countUnread(ctx);
  }
}

@Resolver(() => Appointment)
export class AppointmentNotificationsResolver {
  @FieldResolver(() => NotificationConnection, {
    nullable: true,
    description:
      'What was sent about this appointment, newest first. Patients see their own messages, staff all of them.',
  })
  notifications(
    @Root() appointment: AppointmentRow,
    @Ctx() ctx: Context,
    @Arg('first', () => Int, { nullable: true }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ): Promise<Connection<NotificationRow>> {
    return ctx.load(notificationsOfAppointment, { parentId: appointment.id, args: { first, after }, filter: null });
  }
}

@ArgsType()
class NotificationReceivedArgs {
  @Field(() => String, { nullable: true, description: 'The cursor of the last update that was received.' })
  after?: string | null;
}

const ownMessages: Topic = (event, viewer) =>
  (event.type === notificationFacts.CREATED || event.type === notificationFacts.READ) &&
  event.payload['recipientUserId'] === viewer.userId;

@Resolver(() => NotificationUpdate)
export class NotificationLiveResolver {
  @Subscription(() => NotificationUpdate, {
    description: "The caller's own messages, as they arrive.",
    subscribe: ({ args, context }: { args: NotificationReceivedArgs; context: Context }) =>
      watch(context, ownMessages, args.after),
  })
  notificationReceived(
    @Root() item: LiveItem,
    @Args(() => NotificationReceivedArgs) _args: NotificationReceivedArgs,
  ): LiveItem {
    return item;
  }

  @FieldResolver(() => Notification, { nullable: true })
  notification(@Root() { event }: LiveItem, @Ctx() ctx: Context): Promise<NotificationRow | null> | null {
    return event?.type === notificationFacts.CREATED ? ctx.load(notificationById, event.subjectId) : null;
  }

  @FieldResolver(() => Int)
  unreadCount(@Ctx() ctx: Context): Promise<number> {
    return countUnread(ctx);
  }
}
