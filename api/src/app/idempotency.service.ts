import { createHash } from 'node:crypto';
import {
  getNamedType,
  Kind,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';
import { noteBeside } from '../platform/db/transaction.ts';
import { badUserInput, RequestError } from '../platform/errors.ts';
import { toExecutionError } from '../platform/graphql/format-error.ts';
import { assertSameInput, keptSince, Once } from '../platform/idempotency/once.ts';
import { forgetRequests, keepAnswer, storedRequest } from '../platform/idempotency/request.queries.ts';
import type { Ctx, Runtime } from '../access/ctx.ts';

const longestKey = 200;
const longestAnswer = 256 * 1_024;

/** What these hold must not be written down: they answer anew, and what they do cannot be done twice by itself. */
const secretPayloads = new Set(['AuthPayload', 'TotpEnrolment']);

interface Asked {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode | null | undefined;
  request: { query?: string; operationName?: string | null; variables?: unknown };
}

/**
 * Gives a mutation that carries an Idempotency-Key its effect once and its first answer again, for a day: when it comes
 * twice, at once, after a restart, or after a crash in between.
 *
 * An effect is kept with its result in one transaction (platform/idempotency/once.ts); the answer is kept after it. A
 * request that comes between the two reads its answer anew from the result. Errors are not kept: they had no effect.
 */
export async function withIdempotency(
  ctx: Ctx,
  asked: Asked,
  run: () => Promise<ExecutionResult>,
): Promise<ExecutionResult> {
  try {
    const once = onceFor(ctx, asked);
    if (once === null) return await run();
    const [earlier] = await ctx.rows(storedRequest(once.place, keptSince(ctx.realClock.now())));
    if (earlier !== undefined) assertSameInput(earlier, once.inputHash);
    if (earlier?.answer != null) return { data: JSON.parse(earlier.answer) };
    ctx.caller.once = once;
    return await keeping(ctx, once, await run());
  } catch (error) {
    if (error instanceof RequestError) return { errors: [toExecutionError(error)] };
    throw error;
  }
}

/** Null for what needs no key, or could not keep an answer: reads, people who are not signed in, secrets. */
function onceFor(ctx: Ctx, { schema, operation, request }: Asked): Once | null {
  const { idempotencyKey: key } = ctx.caller;
  if (key === null || ctx.viewer === null || operation?.operation !== 'mutation') return null;
  if (!/^[\x21-\x7e]+$/.test(key) || key.length > longestKey)
    throw badUserInput(`Use 1 to ${longestKey} visible characters for the Idempotency-Key.`, ['Idempotency-Key']);
  const [root, ...others] = operation.selectionSet.selections.filter((each) => !isTypename(each));
  if (root?.kind !== Kind.FIELD || others.length > 0)
    throw badUserInput('Send one mutation at a time with an Idempotency-Key.', ['Idempotency-Key']);
  const field = schema.getMutationType()?.getFields()[root.name.value];
  if (field === undefined || secretPayloads.has(getNamedType(field.type).name)) return null;
  const { userId, clinicId, role } = ctx.viewer;
  return new Once({ clinicId, userId, role, key }, hashOf(request));
}

/** Clients add it everywhere; it asks for nothing. */
const isTypename = (selection: SelectionNode): boolean =>
  selection.kind === Kind.FIELD && selection.name.value === '__typename';

const hashOf = ({ query, operationName, variables }: Asked['request']): string =>
  createHash('sha256')
    .update(JSON.stringify([query, operationName ?? null, sorted(variables ?? {})]))
    .digest('hex');

/** The order in which a client writes the fields of an object is nobody's intention. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}

async function keeping(ctx: Ctx, once: Once, result: ExecutionResult): Promise<ExecutionResult> {
  // Whoever signed themselves out has nowhere to keep it.
  if (result.errors !== undefined || result.data == null || ctx.viewer === null) return result;
  const answer = JSON.stringify(result.data);
  if (answer.length > longestAnswer) return result;
  await noteBeside(ctx, keepAnswer(once.place, once.inputHash, answer, ctx.realClock.now()));
  const [kept] = await ctx.rows(storedRequest(once.place, keptSince(ctx.realClock.now())));
  return kept?.answer == null ? result : { data: JSON.parse(kept.answer) };
}

/** Removes the keys of all clinics that have run out; they count no more without it, too. */
export async function forgetOldRequests({ db, clock }: Pick<Runtime, 'db' | 'clock'>): Promise<void> {
  await db.rowsOfNoClinic(forgetRequests(keptSince(clock.now())));
}
