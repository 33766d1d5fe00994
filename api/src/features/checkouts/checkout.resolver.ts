import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { outcomeOf } from '../../platform/graphql/payload.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { billId } from '../billing/index.ts';
import { createCheckout } from './checkout.service.ts';
import { CheckoutPayload } from './checkout.type.ts';

@Resolver()
export class CheckoutResolver {
  @Mutation(() => CheckoutPayload, {
    nullable: true,
    description: "An online payment page at the gateway, for the bill's patient or staff to open.",
  })
  async createCheckout(@Ctx() ctx: Context, @Arg('billId', () => ID) id: string): Promise<CheckoutPayload> {
    const { result, refusal } = await outcomeOf(() => createCheckout(ctx, billId.parse(id, ['billId'])));
    return { checkoutUrl: result, userErrors: refusal?.userErrors ?? [] };
  }
}
