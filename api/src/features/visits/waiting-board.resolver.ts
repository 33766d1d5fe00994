import { Arg, Ctx, Field, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { DateScalar, TimeZoneScalar, URLScalar } from '../../platform/graphql/scalars.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { VisitStatusType } from './visit.type.ts';
import { openWaitingBoard, waitingBoard, type WaitingBoardRows } from './waiting-board.ts';

@ObjectType({ description: 'A line of the waiting room’s screen: a number, and nobody’s name.' })
export class WaitingBoardEntry {
  @Field(() => Int) queueNumber!: number;
  @Field(() => String) doctorName!: string;
  @Field(() => VisitStatusType, { description: 'WAITING, CALLED or IN_PROGRESS.' }) status!: string;
  @Field(() => Int, { nullable: true, description: 'Null without data, or once seen.' }) estimatedWaitMinutes!:
    number | null;
}

@ObjectType({ description: 'What a waiting room’s screen shows of today.' })
export class WaitingBoard {
  @Field(() => String) clinicName!: string;
  @Field(() => DateScalar) date!: string;
  @Field(() => TimeZoneScalar, { description: "The clinic's: a screen on the wall may be set to another." })
  timeZone!: string;

  @Field(() => [WaitingBoardEntry], { description: 'In the order in which they will be seen.' })
  entries!: WaitingBoardEntry[];
}

@Resolver(() => WaitingBoard)
export class WaitingBoardResolver {
  @Mutation(() => URLScalar, {
    nullable: true,
    description: 'A link to the waiting-room screen, good until the end of the day.',
  })
  openWaitingBoard(@Ctx() ctx: Context): Promise<string> {
    return openWaitingBoard(ctx);
  }

  @Query(() => WaitingBoard, {
    nullable: true,
    description: "Public, by the board's own token, which ends with the day: null from then on.",
  })
  waitingBoard(@Ctx() ctx: Context, @Arg('token', () => String) token: string): Promise<WaitingBoardRows | null> {
    return waitingBoard(ctx, token);
  }
}
