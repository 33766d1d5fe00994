import { buildSchema, getNamedType, isIntrospectionType, isNonNullType, isObjectType, parse, subscribe } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allow, permissions, type PermissionFragment, type Rule } from '../src/access/permissions.ts';
import { ROLES } from '../src/access/roles.ts';
import { guardSchema } from '../src/access/shield.ts';
import { Ctx } from '../src/access/ctx.ts';
import { noCaller } from '../src/app/runtime.ts';
import { allPermissions } from '../src/app/permissions.ts';
import { buildGuardedSchema, buildPlainSchema } from '../src/app/schema.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

const without = (name: string): PermissionFragment => ({
  ...allPermissions,
  fields: Object.fromEntries(Object.entries(allPermissions.fields).filter(([field]) => field !== name)),
});

describe('the start', () => {
  it('stops at a field without a rule, and names it', () => {
    expect(() => buildGuardedSchema(without('Patient.allergies'))).toThrow(
      'without a permission rule: Patient.allergies',
    );
  });

  it('stops at a rule without a field: a misspelt one guards nothing', () => {
    const misspelt = permissions(allPermissions, allow(ROLES).read('Patient', ['alergies']));
    const misspeltInput = permissions(allPermissions, allow(ROLES).set('CreatePatientInput', ['alergies']));

    expect(() => buildGuardedSchema(misspelt)).toThrow('permission rules without a field: Patient.alergies');
    expect(() => buildGuardedSchema(misspeltInput)).toThrow(
      'permission rules without a field: CreatePatientInput.alergies',
    );
  });

  it('stops at two rules for one field', () => {
    expect(() => permissions(allPermissions, allow(ROLES).read('Patient', ['name']))).toThrow(
      'Patient.name has two permission rules.',
    );
  });
});

describe('a field whose rule is narrower than its type’s', () => {
  it('is nullable, so that one refusal never blanks the whole answer', () => {
    const schema = buildPlainSchema();
    const readers = (rule: Rule): number => (rule === 'PUBLIC' ? ROLES.length + 1 : rule.length);
    const blanking: string[] = [];
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isObjectType(type) || isIntrospectionType(type) || type.name === 'Subscription') continue;
      const rules = Object.values(type.getFields()).map(
        (field) => allPermissions.fields[`${type.name}.${field.name}`] ?? [],
      );
      // Signed in is Query's base rule: without a session a non-null root list fails whole.
      const widest = type.name === 'Query' ? ROLES.length : Math.max(...rules.map(readers));
      for (const field of Object.values(type.getFields())) {
        const rule = allPermissions.fields[`${type.name}.${field.name}`] ?? [];
        if (readers(rule) < widest && isNonNullType(field.type)) blanking.push(`${type.name}.${field.name}`);
      }
    }

    expect(blanking).toEqual([]);
    expect(
      Object.values(schema.getMutationType()?.getFields() ?? {}).filter((field) => isNonNullType(field.type)),
    ).toEqual([]);
  });

  it('is found by this test: every type that the schema names is looked at', () => {
    const types = Object.values(buildPlainSchema().getTypeMap()).filter(
      (type) => isObjectType(type) && !isIntrospectionType(type),
    );

    expect(new Set(Object.keys(allPermissions.fields).map((name) => name.split('.')[0]))).toEqual(
      new Set(types.map((type) => getNamedType(type).name)),
    );
  });
});

describe('a forbidden subscription', () => {
  let server: TestServerHandle;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  it('never opens its source', async () => {
    let opened = 0;
    const schema = buildSchema('type Query { ok: Boolean } type Subscription { secret: String }');
    const field = schema.getSubscriptionType()?.getFields()['secret'];
    if (field === undefined) throw new Error('the schema lost its field');
    field.subscribe = () => {
      opened += 1;
      return (async function* source() {
        yield { secret: 'told' };
      })();
    };
    const guarded = guardSchema(schema, permissions(allow('PUBLIC').ask('ok'), allow(['DOCTOR']).watch('secret')));
    const nurse = new Ctx(server.runtime, noCaller, {
      sessionId: '',
      userId: '',
      clinicId: '',
      role: 'NURSE',
      name: '',
      locale: 'en',
      doctorId: null,
      patientId: null,
      timeZone: 'UTC',
      currency: 'PHP',
      clockOffsetMs: 0,
      lastActiveAt: new Date(0),
    });
    const doctor = new Ctx(server.runtime, noCaller, { ...nurse.signedIn, role: 'DOCTOR' });
    const document = parse('subscription { secret }');

    const refused = await subscribe({ schema: guarded, document, contextValue: nurse });
    const openedForNurse = opened;
    const allowed = await subscribe({ schema: guarded, document, contextValue: doctor });

    expect('errors' in refused && refused.errors?.[0]?.message).toBe('You may not do this.');
    expect(openedForNurse).toBe(0);
    expect(Symbol.asyncIterator in allowed).toBe(true);
    expect(opened).toBe(1);
  });
});
