import { Args, ArgsType, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { Connection } from '../../platform/graphql/connection.ts';
import { PageArgs, pagingOf } from '../../platform/graphql/page-args.ts';
import { DateScalar } from '../../platform/graphql/scalars.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { doctorId } from '../accounts/index.ts';
import { listFollowUpsDue } from './follow-up.queries.ts';
import { todaysWorkOf, type TodaysWorkRow } from './todays-work.ts';
import type { VisitRow } from './visit.queries.ts';
import { Queue, VisitConnection } from './visit.type.ts';

@ObjectType({ description: "A doctor's own day in figures." })
export class TodaysWork {
  @Field(() => DateScalar) date!: string;
  @Field(() => Int, { description: 'All of today but those who left.' }) visitCount!: number;
  @Field(() => Int, { description: 'Called ones too.' }) waitingCount!: number;
  @Field(() => Int) activeConsultationCount!: number;
  @Field(() => Int) completedCount!: number;
  @Field(() => Int, { description: 'The next seven days.' }) upcomingAppointmentCount!: number;
  @Field(() => Int) pendingRequestCount!: number;
  @Field(() => Int, { description: 'Still open although their day has passed.' }) overdueCount!: number;
  @Field(() => Queue) queue!: object;
}

@ArgsType()
class FollowUpsDueArgs extends PageArgs {
  @Field(() => DateScalar, { description: 'The first day on which they should have come.' }) from!: string;
  @Field(() => DateScalar, { description: 'The last day, itself included.' }) to!: string;
  @Field(() => ID, { nullable: true, description: "Of one doctor alone; a doctor's are their own in any case." })
  doctorId?: string | null;
}

@Resolver()
export class TodaysWorkResolver {
  @Query(() => TodaysWork, { nullable: true, description: 'Doctor only.' })
  todaysWork(@Ctx() ctx: Context): Promise<TodaysWorkRow | null> {
    return todaysWorkOf(ctx);
  }

  @Query(() => VisitConnection, {
    nullable: true,
    description: 'Patients who should have come again and have nothing booked, the last seen first.',
  })
  followUpsDue(
    @Ctx() ctx: Context,
    @Args(() => FollowUpsDueArgs) args: FollowUpsDueArgs,
  ): Promise<Connection<VisitRow>> {
    const ofDoctor = args.doctorId == null ? null : doctorId.parse(args.doctorId, ['doctorId']);
    return listFollowUpsDue(ctx, pagingOf(args), { from: args.from, to: args.to, doctorId: ofDoctor });
  }
}
