import { Field, ID, InterfaceType } from 'type-graphql';
import { kindOf } from '../ids.ts';

@InterfaceType({
  description: 'Anything that can be fetched again by its id.',
  resolveType: (value: { id: string }) => kindOf(value.id) ?? undefined,
})
export abstract class Node {
  @Field(() => ID) id!: string;
}
