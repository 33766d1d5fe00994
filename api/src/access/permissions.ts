import type { Role } from './roles.ts';

/** Who may touch one field: roles, or anybody, signed in or not. */
export type Rule = 'PUBLIC' | readonly Role[];

/** One feature's rules: "Type.field" → who may read, call or watch it; "Input.field" → who may set it. */
export interface PermissionFragment {
  fields: Readonly<Record<string, Rule>>;
  inputs: Readonly<Record<string, Rule>>;
}

interface Sentence {
  read(type: string, fields: readonly string[]): PermissionFragment;
  /** A list's own types: its connection, its edges. */
  readList(type: string): PermissionFragment;
  ask(...queries: string[]): PermissionFragment;
  call(...mutations: string[]): PermissionFragment;
  watch(...subscriptions: string[]): PermissionFragment;
  set(input: string, fields: readonly string[]): PermissionFragment;
}

/** Starts one sentence of a fragment: `allow(DOCTOR).call('approveAppointment')`. */
export function allow(rule: Rule): Sentence {
  const fields = (type: string, names: readonly string[]): PermissionFragment => ({
    fields: ruled(type, names, rule),
    inputs: {},
  });
  return {
    read: fields,
    readList: (type) =>
      permissions(
        fields(`${type}Connection`, ['edges', 'nodes', 'pageInfo', 'totalCount']),
        fields(`${type}Edge`, ['cursor', 'node']),
      ),
    ask: (...queries) => fields('Query', queries),
    call: (...mutations) => fields('Mutation', mutations),
    watch: (...subscriptions) => fields('Subscription', subscriptions),
    set: (input, names) => ({ fields: {}, inputs: ruled(input, names, rule) }),
  };
}

function ruled(type: string, names: readonly string[], rule: Rule): Record<string, Rule> {
  return Object.fromEntries(names.map((name) => [`${type}.${name}`, rule]));
}

/**
 * Joins sentences into a fragment, and fragments into the whole.
 *
 * @throws Error when two of them rule the same field: which one holds must never depend on an order
 */
export function permissions(...parts: readonly PermissionFragment[]): PermissionFragment {
  return { fields: joined(parts.map((part) => part.fields)), inputs: joined(parts.map((part) => part.inputs)) };
}

function joined(records: readonly Readonly<Record<string, Rule>>[]): Record<string, Rule> {
  const whole: Record<string, Rule> = {};
  for (const record of records) {
    for (const [name, rule] of Object.entries(record)) {
      if (name in whole) throw new Error(`${name} has two permission rules.`);
      whole[name] = rule;
    }
  }
  return whole;
}

/** Whether a caller who acts in these roles passes a rule; no roles means nobody is signed in. */
export function passes(rule: Rule, roles: readonly Role[]): boolean {
  return rule === 'PUBLIC' || rule.some((role) => roles.includes(role));
}
