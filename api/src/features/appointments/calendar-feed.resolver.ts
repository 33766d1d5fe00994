import { Ctx, FieldResolver, Mutation, Resolver } from 'type-graphql';
import { URLScalar } from '../../platform/graphql/scalars.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { Viewer, ViewerPayload } from '../accounts/index.ts';
import { calendarUrl, resetCalendarUrl } from './calendar-feed.service.ts';

@Resolver(() => Viewer)
export class CalendarFeedResolver {
  @FieldResolver(() => URLScalar, {
    nullable: true,
    description:
      "Secret ICS feed of the caller's own appointments, without clinical text; null for whoever has none of their own.",
  })
  calendarUrl(@Ctx() ctx: Context): Promise<string | null> {
    return calendarUrl(ctx);
  }

  @Mutation(() => ViewerPayload, { nullable: true, description: 'The old calendarUrl stops working.' })
  async resetCalendarUrl(@Ctx() ctx: Context): Promise<ViewerPayload> {
    await resetCalendarUrl(ctx);
    ctx.forget();
    return { viewer: ctx.viewer, userErrors: [] };
  }
}
