import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { outcomeOf } from '../../platform/graphql/payload.ts';
import type { Ctx as Context } from '../../access/ctx.ts';
import { readProgress } from './patient-import.queries.ts';
import { importPatients, patientImportId, undoImport } from './patient-import.service.ts';
import { ImportPatientsInput, ImportPayload, ImportProgress, UndoImportPayload } from './patient-import.type.ts';
import { patientById } from './patient.queries.ts';

const mostNamed = 100;

@Resolver()
export class PatientImportResolver {
  @Query(() => ImportProgress, {
    nullable: true,
    description:
      "How far the caller's own import of this name is; null when there is none, or it was done an hour ago.",
  })
  async importProgress(@Ctx() ctx: Context, @Arg('key', () => String) key: string): Promise<ImportProgress | null> {
    const progress = await ctx.first(readProgress(ctx.clinicId, ctx.signedIn.userId, key));
    return progress === null ? null : { ...progress, done: progress.isDone };
  }

  @Mutation(() => ImportPayload, {
    nullable: true,
    description: 'Rows of a CSV file; each row that cannot be taken is named with its reason, the others are.',
  })
  async importPatients(
    @Ctx() ctx: Context,
    @Arg('input', () => ImportPatientsInput) { csv, dryRun, progressKey }: ImportPatientsInput,
  ): Promise<ImportPayload> {
    const { result, refusal } = await outcomeOf(() =>
      importPatients(ctx, { csv, dryRun: dryRun === true, progressKey: progressKey ?? null }),
    );
    if (refusal !== null) return { createdCount: 0, validCount: 0, rejected: [], userErrors: refusal.userErrors };
    const { importId, createdCount, rejected, people } = result;
    return { importId, createdCount, validCount: people.length, rejected, userErrors: [] };
  }

  @Mutation(() => UndoImportPayload, {
    nullable: true,
    description:
      'Takes back what one import made, except for records that something hangs off or that were changed since.',
  })
  async undoImport(@Ctx() ctx: Context, @Arg('importId', () => ID) importId: string): Promise<UndoImportPayload> {
    const id = patientImportId.parse(importId, ['importId']);
    const { result, refusal } = await outcomeOf(() => undoImport(ctx, id));
    if (refusal !== null) return { removedCount: 0, keptCount: 0, kept: [], userErrors: refusal.userErrors };
    ctx.forget();
    const { removedCount, keptIds } = result;
    const named = await Promise.all(keptIds.slice(0, mostNamed).map((keptId) => ctx.load(patientById, keptId)));
    return {
      removedCount,
      keptCount: keptIds.length,
      kept: named.filter((patient) => patient !== null),
      userErrors: [],
    };
  }
}
