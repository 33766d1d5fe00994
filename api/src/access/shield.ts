import { defaultFieldResolver, isObjectType, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { forbidden, unauthenticated } from '../platform/errors.ts';
import { applyMiddleware, rule, shield } from '../platform/graphql/shield-library.ts';
import { ruledInputsSet } from './coverage.ts';
import type { Ctx } from './ctx.ts';
import { passes, type PermissionFragment, type Rule } from './permissions.ts';
import { rolesOf } from './viewer.ts';

const rolesIn = (ctx: Ctx) => (ctx.viewer === null ? [] : rolesOf(ctx.viewer));
const refused = (ctx: Ctx, what?: string) => (ctx.viewer === null ? unauthenticated() : forbidden(what));

/**
 * Puts the rules before every field of the schema, denying by default. shield never sees a subscription's source, so
 * that is wrapped with the same rule: a forbidden one is refused before anything is opened.
 */
export function guardSchema(schema: GraphQLSchema, whole: PermissionFragment): GraphQLSchema {
  const tree: Record<string, Record<string, ReturnType<typeof readRule>>> = {};
  for (const [path, fieldRule] of Object.entries(whole.fields)) {
    const [type = '', field = ''] = path.split('.');
    (tree[type] ??= {})[field] = type === 'Mutation' ? callRule(schema, field, fieldRule, whole) : readRule(fieldRule);
  }
  const guarded = applyMiddleware(
    schema,
    shield(tree, {
      allowExternalErrors: true,
      fallbackRule: rule({ cache: 'no_cache' })((_parent, _args, ctx: Ctx) => refused(ctx)),
      fallbackError: forbidden(),
    }),
  );
  guardSources(guarded, whole);
  return guarded;
}

/** Only no_cache: any longer-lived answer outlives a socket's operation, and a revoked role would go on reading. */
const readRule = (fieldRule: Rule) =>
  rule({ cache: 'no_cache' })((_parent, _args, ctx: Ctx) => passes(fieldRule, rolesIn(ctx)) || refused(ctx));

/** A mutation's own rule, and the rules of the input fields that this call sets: writing follows reading. */
function callRule(schema: GraphQLSchema, mutation: string, fieldRule: Rule, whole: PermissionFragment) {
  const definitions = schema.getMutationType()?.getFields()[mutation]?.args ?? [];
  const ruled = new Set(Object.keys(whole.inputs));
  return rule({ cache: 'no_cache' })((_parent, args: Record<string, unknown>, ctx: Ctx) => {
    const roles = rolesIn(ctx);
    if (!passes(fieldRule, roles)) return refused(ctx);
    const set = definitions.flatMap((definition) => ruledInputsSet(definition.type, args[definition.name], ruled));
    const denied = set.find((path) => !passes(whole.inputs[path] ?? [], roles));
    return denied === undefined ? true : refused(ctx, `set ${denied}`);
  });
}

function guardSources(schema: GraphQLSchema, whole: PermissionFragment): void {
  const subscription = schema.getSubscriptionType();
  if (!isObjectType(subscription)) return;
  for (const field of Object.values(subscription.getFields())) {
    const open: GraphQLFieldResolver<unknown, Ctx> = field.subscribe ?? defaultFieldResolver;
    const fieldRule = whole.fields[`Subscription.${field.name}`] ?? [];
    field.subscribe = (source, args, ctx: Ctx, info) => {
      if (!passes(fieldRule, rolesIn(ctx))) throw refused(ctx);
      return open(source, args, ctx, info);
    };
  }
}
