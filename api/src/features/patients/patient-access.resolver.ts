import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Connection } from '../../platform/graphql/connection.ts';
import { ForwardArgs, pagingOf } from '../../platform/graphql/page-args.ts';
import { outcomeOf } from '../../platform/graphql/payload.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { AuditEntryConnection, noteWriting, type AuditRow } from '../audit/index.ts';
import { accessOfPatient } from './patient-access.queries.ts';
import { breakGlass } from './patient-opening.service.ts';
import type { PatientRow } from './patient.queries.ts';
import { openRecord } from './patient-reading.ts';
import { Patient, PatientPayload } from './patient.type.ts';

@Resolver(() => Patient)
export class PatientAccessResolver {
  @FieldResolver(() => AuditEntryConnection, {
    nullable: true,
    description: 'Who opened or changed this record, newest first: for the patient and the owner.',
  })
  accessLog(
    @Root() patient: PatientRow,
    @Ctx() ctx: Context,
    @Args(() => ForwardArgs) args: ForwardArgs,
  ): Promise<Connection<AuditRow>> {
    return ctx.load(accessOfPatient, { parentId: patient.id, args: pagingOf(args), filter: null });
  }

  @Mutation(() => PatientPayload, {
    nullable: true,
    description:
      "A doctor opens the record of a patient who is not theirs, for a stated reason: an hour's access, and the owner is told.",
  })
  async breakGlass(
    @Ctx() ctx: Context,
    @Arg('recordNumber', () => String) recordNumber: string,
    @Arg('reason', () => String) reason: string,
  ): Promise<PatientPayload> {
    const { result, refusal } = await outcomeOf(() => breakGlass(ctx, { recordNumber, reason }));
    if (refusal !== null) return { userErrors: refusal.userErrors };
    ctx.forget();
    // Breaking the glass has an entry of its own; a doctor's own patient is opened like any other time.
    if (result.isBroken) noteWriting(ctx, result.patientId);
    return { patient: await openRecord(ctx, result.patientId), userErrors: [] };
  }
}
