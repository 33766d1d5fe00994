import { Field, ObjectType } from 'type-graphql';
import { UserError } from '../../platform/graphql/payload.ts';
import { URLScalar } from '../../platform/graphql/scalars.ts';

@ObjectType()
export class CheckoutPayload {
  @Field(() => URLScalar, {
    nullable: true,
    description: 'Where to pay, within the hour. It is paid when the bill says so: see `billChanged`.',
  })
  checkoutUrl?: string | null;

  @Field(() => [UserError]) userErrors!: UserError[];
}
