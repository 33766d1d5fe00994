import { parse, type OperationDefinitionNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Decisions } from '../src/access/decision.ts';
import type { Role } from '../src/access/roles.ts';
import { buildServedSchema } from '../src/app/schema.ts';
import { aClinic, password, type TestClinic } from './support/clinic.ts';
import { TestClient } from './support/client.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

const { plain, rules } = buildServedSchema();
const decisions = new Decisions(plain, rules);

function allows(text: string, roles: Role[], variables: Record<string, unknown> = {}): boolean {
  const document = parse(text);
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode => definition.kind === 'OperationDefinition',
  );
  return operation !== undefined && decisions.allowsAll(document, operation, roles, variables);
}

describe('deciding an operation beforehand', () => {
  it.each<[string, Role[], boolean]>([
    ['{ viewer { role } }', ['RECEPTIONIST'], true],
    ['{ viewer { role } }', [], false],
    ['{ patients { nodes { name allergies } } }', ['RECEPTIONIST'], false],
    ['{ patients { nodes { name allergies } } }', ['NURSE'], true],
    [
      '{ patients { nodes { ...F } } } fragment F on Patient { ...G } fragment G on Patient { allergies }',
      ['ADMIN'],
      false,
    ],
    ['{ node(id: "x") { id ... on Patient { medicalHistory } } }', ['NURSE'], false],
    ['{ patients { nodes { medicalHistory @skip(if: true) } } }', ['NURSE'], true],
    ['mutation { approveAppointment(input: { appointmentId: "x" }) { userErrors { code } } }', ['DOCTOR'], true],
    ['mutation { approveAppointment(input: { appointmentId: "x" }) { userErrors { code } } }', ['PATIENT'], false],
  ])('%s by %s: %s', (text, roles, expected) => {
    expect(allows(text, roles)).toBe(expected);
  });

  it('looks at what the variables switch on', () => {
    const text = 'query ($all: Boolean!) { patients { nodes { name medicalHistory @include(if: $all) } } }';

    expect(allows(text, ['NURSE'], { all: false })).toBe(true);
    expect(allows(text, ['NURSE'], { all: true })).toBe(false);
  });

  it('never decides what changes the caller, or several changes at once', () => {
    const approve = (alias: string) =>
      `${alias}: approveAppointment(input: { appointmentId: "x" }) { userErrors { code } }`;

    expect(allows('mutation { switchClinic(input: { clinicId: "x" }) { viewer { role } } }', ['OWNER'])).toBe(false);
    expect(allows(`mutation { ${approve('a')} ${approve('b')} }`, ['OWNER'])).toBe(false);
  });
});

describe('an operation in which the caller changes', () => {
  let server: TestServerHandle;
  let home: TestClinic;
  let other: TestClinic;

  beforeAll(async () => {
    server = await startTestServer();
    home = await aClinic(server);
    other = await aClinic(server);
  });

  afterAll(() => server.stop());

  it('is held to the role it has at each moment, however often it was asked before', async () => {
    const owner = await home.hire('OWNER');
    await new TestClient(server.url).ask(
      'mutation ($input: RegisterPatientInput!) { registerPatient(input: $input) { userErrors { code } } }',
      { input: { clinicSlug: other.slug, firstName: 'Olga', email: owner.email, password } },
    );
    const move = `mutation ($id: ID!) { switchClinic(input: { clinicId: $id }) { viewer { role clinic { settings { taxPercent } } } } }`;

    for (let round = 0; round < 3; round += 1) {
      const there = await owner.client.send(move, { id: other.id });
      expect(there.data.switchClinic.viewer.clinic.settings).toBeNull();
      expect(there.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
      const back = await owner.client.send(move, { id: home.id });
      expect(back.errors).toBeUndefined();
      expect(back.data.switchClinic.viewer.clinic.settings).not.toBeNull();
    }
  });
});
