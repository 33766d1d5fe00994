import { Args, ArgsType, Ctx, Field, FieldResolver, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { Ctx as Context } from '../../access/ctx.ts';
import { watch, type LiveItem, type Topic } from '../../access/watch.ts';
import { doctorId } from '../accounts/index.ts';
import { queueOf, type QueueRows } from './queue.ts';
import { visitFacts } from './visit.events.ts';
import { visitById, type VisitRow } from './visit.queries.ts';
import { ConsultationUpdate, QueueUpdate } from './visit.type.ts';

@ArgsType()
class AfterArgs {
  @Field(() => String, { nullable: true, description: 'The cursor of the last update that was received.' })
  after?: string | null;
}

@ArgsType()
class QueueChangedArgs extends AfterArgs {
  @Field(() => ID, { nullable: true, description: "Of one doctor alone; a doctor's are their own in any case." })
  doctorId?: string | null;
}

const isAboutVisits = (type: string): boolean => type === visitFacts.STATUS_CHANGED || type === visitFacts.UPDATED;

/**
 * All of the clinic's for the desk, a doctor's own. A patient hears that something moved, because it may have been somebody
 * ahead of them; what they read of it is their own visit alone.
 */
const queueTopic =
  (ofDoctor: string | null): Topic =>
  (event, viewer) => {
    if (!isAboutVisits(event.type)) return false;
    if (ofDoctor !== null && event.payload['doctorId'] !== ofDoctor) return false;
    return viewer.role !== 'DOCTOR' || event.payload['doctorId'] === viewer.doctorId;
  };

/** Sent in, by the desk or by themselves: to the doctor whose patient it is. */
const sentInTopic: Topic = (event, viewer) =>
  event.type === visitFacts.STATUS_CHANGED &&
  event.payload['status'] === 'IN_PROGRESS' &&
  viewer.doctorId !== null &&
  event.payload['doctorId'] === viewer.doctorId;

@Resolver(() => QueueUpdate)
export class QueueLiveResolver {
  @Subscription(() => QueueUpdate, {
    description: "The clinic's queue for the desk, a doctor's own, and for a patient the own place in it.",
    subscribe: ({ args, context }: { args: QueueChangedArgs; context: Context }) => {
      const ofDoctor = args.doctorId == null ? null : doctorId.parse(args.doctorId, ['doctorId']);
      return watch(context, queueTopic(ofDoctor), args.after);
    },
  })
  queueChanged(@Root() item: LiveItem, @Args(() => QueueChangedArgs) args: QueueChangedArgs): WithDoctor {
    return { ...item, ofDoctor: args.doctorId ?? null };
  }

  @FieldResolver()
  visit(@Root() item: LiveItem, @Ctx() ctx: Context): Promise<VisitRow | null> | null {
    return item.event === null ? null : ctx.load(visitById, item.event.subjectId);
  }

  @FieldResolver()
  queue(@Root() item: WithDoctor, @Ctx() ctx: Context): Promise<QueueRows> {
    return queueOf(ctx, { doctorId: item.ofDoctor, date: null });
  }
}

interface WithDoctor extends LiveItem {
  ofDoctor: string | null;
}

@Resolver(() => ConsultationUpdate)
export class ConsultationLiveResolver {
  @Subscription(() => ConsultationUpdate, {
    description: 'Doctor only: a patient was sent in.',
    subscribe: ({ args, context }: { args: AfterArgs; context: Context }) => watch(context, sentInTopic, args.after),
  })
  patientWithDoctor(@Root() item: LiveItem, @Args(() => AfterArgs) _args: AfterArgs): LiveItem {
    return item;
  }

  @FieldResolver()
  visit(@Root() item: LiveItem, @Ctx() ctx: Context): Promise<VisitRow | null> | null {
    return item.event === null ? null : ctx.load(visitById, item.event.subjectId);
  }
}
