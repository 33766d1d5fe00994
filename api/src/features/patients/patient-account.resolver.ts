import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { outcomeOf } from '../../platform/graphql/payload.ts';
import { EmailAddressScalar } from '../../platform/graphql/scalars.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { noteWriting } from '../audit/index.ts';
import { invitePatient } from './patient-account.service.ts';
import { patientById } from './patient.queries.ts';
import { patientId } from './patient.service.ts';
import { PatientPayload } from './patient.type.ts';

@Resolver()
export class PatientAccountResolver {
  @Mutation(() => PatientPayload, {
    nullable: true,
    description:
      'A portal account for a record that has none: sends the link, to the record’s own address when left out.',
  })
  async invitePatient(
    @Ctx() ctx: Context,
    @Arg('patientId', () => ID) id: string,
    @Arg('email', () => EmailAddressScalar, { nullable: true }) email: string | null,
  ): Promise<PatientPayload> {
    const parsed = patientId.parse(id, ['patientId']);
    const { refusal } = await outcomeOf(() => invitePatient(ctx, parsed, email ?? null));
    if (refusal !== null) return { userErrors: refusal.userErrors };
    ctx.forget();
    noteWriting(ctx, parsed);
    return { patient: await ctx.load(patientById, parsed), userErrors: [] };
  }
}
