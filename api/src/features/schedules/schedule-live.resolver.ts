import { Args, ArgsType, Field, FieldResolver, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { Ctx as Context } from '../../access/ctx.ts';
import { watch, type LiveItem, type Topic } from '../../access/watch.ts';
import { doctorId } from '../accounts/index.ts';
import { isScheduleFact } from './schedule.events.ts';
import { ScheduleUpdate } from './schedule.type.ts';

@ArgsType()
class ScheduleChangedArgs {
  @Field(() => ID, { nullable: true, description: 'Of one doctor alone, and what concerns the whole clinic.' })
  doctorId?: string | null;

  @Field(() => String, { nullable: true, description: 'The cursor of the last update that was received.' })
  after?: string | null;
}

/** All of the clinic's, for everybody on the staff: who works when, they all may read. */
const scheduleTopic =
  (ofDoctor: string | null): Topic =>
  ({ type, payload }) => {
    const concerned = payload['doctorId'] ?? null;
    return isScheduleFact(type) && (ofDoctor === null || concerned === null || concerned === ofDoctor);
  };

@Resolver(() => ScheduleUpdate)
export class ScheduleLiveResolver {
  @Subscription(() => ScheduleUpdate, {
    description: "Working hours or time off changed: fetch the doctor's anew.",
    subscribe: ({ args, context }: { args: ScheduleChangedArgs; context: Context }) => {
      const ofDoctor = args.doctorId == null ? null : doctorId.parse(args.doctorId, ['doctorId']);
      return watch(context, scheduleTopic(ofDoctor), args.after);
    },
  })
  scheduleChanged(@Root() item: LiveItem, @Args(() => ScheduleChangedArgs) _args: ScheduleChangedArgs): LiveItem {
    return item;
  }

  @FieldResolver(() => ID, { nullable: true, description: 'Null for the whole clinic, and with resync.' })
  doctorId(@Root() item: LiveItem): string | null {
    return item.event?.payload['doctorId'] ?? null;
  }
}
