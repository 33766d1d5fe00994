import { Args, ArgsType, Ctx, Field, FieldResolver, Resolver, Root, Subscription } from 'type-graphql';
import type { Ctx as Context } from '../../access/ctx.ts';
import { watch, type LiveItem, type Topic } from '../../access/watch.ts';
import { isBillFact } from './bill.events.ts';
import { billById, type BillRow } from './bill.queries.ts';
import { BillUpdate } from './bill.type.ts';

@ArgsType()
class BillChangedArgs {
  @Field(() => String, { nullable: true, description: 'The cursor of the last update that was received.' })
  after?: string | null;
}

/** All of the clinic's for the desk, a doctor's own, a patient's own. */
const billTopic: Topic = ({ type, payload }, viewer) => {
  if (!isBillFact(type)) return false;
  if (viewer.role === 'PATIENT') return payload['patientId'] === viewer.patientId;
  return viewer.role !== 'DOCTOR' || payload['doctorId'] === viewer.doctorId;
};

@Resolver(() => BillUpdate)
export class BillLiveResolver {
  @Subscription(() => BillUpdate, {
    description: "Bills the caller may see: all of the clinic's for the desk, a doctor's own, a patient's own.",
    subscribe: ({ args, context }: { args: BillChangedArgs; context: Context }) =>
      watch(context, billTopic, args.after),
  })
  billChanged(@Root() item: LiveItem, @Args(() => BillChangedArgs) _args: BillChangedArgs): LiveItem {
    return item;
  }

  @FieldResolver()
  bill(@Root() item: LiveItem, @Ctx() ctx: Context): Promise<BillRow | null> | null {
    const id = item.event?.payload['billId'] ?? null;
    return id === null ? null : ctx.load(billById, id);
  }
}
