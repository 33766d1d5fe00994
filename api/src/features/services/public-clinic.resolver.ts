import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { Ctx as Context } from '../../access/ctx.ts';
import { publicClinic } from './public-clinic.queries.ts';
import { PublicClinic } from './public-clinic.type.ts';

@Resolver(() => PublicClinic)
export class PublicClinicResolver {
  @Query(() => PublicClinic, {
    nullable: true,
    description: 'A clinic by its address on the web; null when there is none. Public: no sign-in needed.',
  })
  publicClinic(@Ctx() ctx: Context, @Arg('slug', () => String) slug: string): Promise<PublicClinic | null> {
    return publicClinic(ctx, slug);
  }
}
