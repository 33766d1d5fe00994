import { ArgsType, Field, Int } from 'type-graphql';
import type { PageArguments } from './page.ts';

/** Forwards through a list. */
@ArgsType()
export class ForwardArgs implements PageArguments {
  @Field(() => Int, { nullable: true, description: '25 when left out, 100 at most.' }) first?: number | null;
  @Field(() => String, { nullable: true, description: 'Go on after this cursor.' }) after?: string | null;
}

/** Through a list in either direction. */
@ArgsType()
export class PageArgs extends ForwardArgs {
  @Field(() => Int, { nullable: true, description: 'The last ones instead of the first; 100 at most.' }) last?:
    number | null;
  @Field(() => String, { nullable: true, description: 'Go back from this cursor.' }) before?: string | null;
}

/** The paging alone, of arguments that hold more. */
export const pagingOf = ({ first, after, last, before }: PageArguments): PageArguments => ({
  first,
  after,
  last,
  before,
});
