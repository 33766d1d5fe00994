import { inTransaction, lockInOrder, type Transaction } from '../../platform/db/transaction.ts';
import { DomainError } from '../../platform/errors.ts';
import type { Limit } from '../../platform/rate-limits.ts';
import { Ctx, type Runtime } from '../../access/ctx.ts';
import { foundAsOwner, type SignedIn } from '../../features/accounts/index.ts';
import { clinicId, openClinic } from '../../features/clinics/index.ts';
import { removeUnusedSandboxes, sandboxesOf } from './sandbox-clock.queries.ts';
import { fillSandbox } from './sandbox-filling.service.ts';
import { planSandbox, sandboxStart, sandboxZone } from './sandbox-plan.ts';

/** How many a person may have at once; one ends when it has not been used for a week. */
const sandboxesAtOnce = 3;
const unusedDays = 7;
const dayMs = 24 * 60 * 60 * 1_000;

/** Making one is work: how often a person, and an address with however many accounts, may cause it. */
const limits = {
  person: { name: 'sandbox', tries: 10, minutes: 24 * 60 },
  address: { name: 'sandbox-address', tries: 30, minutes: 24 * 60 },
} as const satisfies Record<string, Limit>;

/**
 * Opens a filled clinic for trying things in, with the caller as its owner, and signs them in there; what they do elsewhere
 * goes on. The same seed gives the same clinic: its clock begins at a fixed instant and runs on until it is moved.
 *
 * @throws DomainError INVALID_INPUT for somebody who has three, or a seed below zero; RequestError RATE_LIMITED
 */
export async function createSandbox(ctx: Ctx, seed: number): Promise<SignedIn> {
  const { userId, name } = ctx.signedIn;
  if (seed < 0) throw new DomainError('INVALID_INPUT', 'Enter a seed of 0 or more.', ['seed']);
  await ctx.runtime.limits.take(limits.address, ctx.caller.ipAddress ?? 'unknown');
  await ctx.runtime.limits.take(limits.person, userId);
  const plan = planSandbox(seed);
  // Time stands still while the clinic is made: all of it is there at the same first instant.
  const realNow = ctx.realClock.now();
  const runtime: Runtime = { ...ctx.runtime, clock: { now: () => realNow } };
  const id = clinicId.make(realNow);
  const clockOffsetMs = sandboxStart.getTime() - realNow.getTime();
  const actor = { ...ctx.actor, name, role: 'OWNER' };
  const system = new Ctx(runtime, ctx.caller, null).asSystem({ clinicId: id, clockOffsetMs }, userId, actor);
  const enter = await inTransaction(system, async (tx) => {
    await assertRoomFor(tx, userId);
    const slug = `sandbox-${id.slice(-12)}`;
    await openClinic(tx, {
      id,
      slug,
      name: 'Sandbox Clinic',
      timeZone: sandboxZone,
      currency: 'PHP',
      locale: 'en-PH',
      sandbox: { ownerId: userId, clockOffsetMs },
    });
    const founded = await foundAsOwner(ctx, tx);
    await fillSandbox(tx, { clinicId: id, slug, plan });
    tx.audit({ action: 'clinic.sandbox', subjectId: id, changes: { seed } });
    return founded;
  });
  return enter();
}

async function assertRoomFor(tx: Transaction, userId: string): Promise<void> {
  await lockInOrder(tx, [userId]);
  const [own] = await tx.rows(sandboxesOf(userId));
  if ((own?.count ?? 0) < sandboxesAtOnce) return;
  throw new DomainError(
    'INVALID_INPUT',
    `You have ${sandboxesAtOnce} sandboxes already. Go on in one of them; one that is not used for ${unusedDays} days ends by itself.`,
  );
}

/** How many are removed at once: each is a whole clinic. */
const removedAtOnce = 5;

/** Removes the sandboxes that nobody has used for a week, with everything in them. */
export async function forgetUnusedSandboxes(runtime: Runtime): Promise<void> {
  const before = new Date(runtime.clock.now().getTime() - unusedDays * dayMs);
  await runtime.db.rowsOfNoClinic(removeUnusedSandboxes(before, removedAtOnce));
}
