import { LockMode } from '@mikro-orm/postgresql';
import { inTransaction } from '../../platform/db/transaction.ts';
import { notFound } from '../../platform/errors.ts';
import { checkInput } from '../../platform/input.ts';
import type { Ctx } from '../../access/ctx.ts';
import { clinicRules, differences } from './clinic.domain.ts';
import { ClinicEntity } from './clinic.entity.ts';

/** The fact that a clinic's settings changed. */
export const clinicUpdated = 'CLINIC_UPDATED';

/**
 * Changes the caller's clinic: only what is given, under the row's lock, so that two who save different settings at once
 * both keep theirs.
 *
 * @throws RequestError NOT_FOUND when the clinic is gone. Source: domain.md, updateClinic: admin, owner.
 */
export async function updateClinic(ctx: Ctx, given: unknown): Promise<string> {
  const wanted = checkInput(clinicRules, given);
  return inTransaction(ctx, async (tx) => {
    const clinic = await tx.em.findOne(
      ClinicEntity,
      { id: ctx.clinicId },
      { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
    );
    if (clinic === null) throw notFound();
    const changes = differences({ ...clinic }, wanted);
    for (const [name, value] of Object.entries(wanted)) {
      if (name in changes) tx.em.assign(clinic, { [name]: value });
    }
    tx.audit({ action: 'clinic.update', subjectId: clinic.id, changes });
    if (Object.keys(changes).length > 0) {
      tx.record({ type: clinicUpdated, subjectId: clinic.id, payload: { actorUserId: tx.actor.userId } });
    }
    return clinic.id;
  });
}
