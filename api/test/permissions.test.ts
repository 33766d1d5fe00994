import {
  isIntrospectionType,
  isObjectType,
  parse,
  subscribe,
  execute,
  validate,
  type ExecutionResult,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildGuardedSchema } from '../src/app/schema.ts';
import { contextFor, noCaller } from '../src/app/runtime.ts';
import { settled } from './support/client.ts';
import { aClinic, appointmentMutations, password, signIn, type TestClinic } from './support/clinic.ts';
import { query } from './support/database.ts';
import {
  findDoors,
  objectBehind,
  operationFor,
  readPrintedMatrix,
  type Door,
  type FillArguments,
} from './support/matrix.ts';
import { waitFor } from './support/waiting-patient.ts';
import { filledVisit } from './support/matrix-visit.ts';
import { aStoredFile } from './support/stored-file.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

const columns = ['OWNER', 'ADMIN', 'DOCTOR', 'NURSE', 'RECEPTIONIST', 'PATIENT', 'signed out'] as const;
type Column = (typeof columns)[number];

const ownerEmail = 'matrix-owner@example.org';
const schema: GraphQLSchema = buildGuardedSchema();
const matrix = readPrintedMatrix();
const subscriptions = Object.keys(schema.getSubscriptionType()?.getFields() ?? {});
const objectTypes = Object.values(schema.getTypeMap()).filter(
  (type): type is GraphQLObjectType => isObjectType(type) && !isIntrospectionType(type),
);

let server: TestServerHandle;
let fill: FillArguments;
const emails = new Map<Column, string>();
const tokens = new Map<Column, string | null>([['signed out', null]]);
const usable = new Map<string, Door>();

beforeAll(async () => {
  server = await startTestServer();
  const clinic = await aClinic(server, { email: ownerEmail });
  fill = await fixtures(clinic);
});

afterAll(() => server.stop());

/** A clinic in which every type has at least one object for every role, and the arguments that reach them. */
async function fixtures(clinic: TestClinic): Promise<FillArguments> {
  const doctor = await clinic.hire('DOCTOR');
  const patient = await clinic.enrol();
  const others = {
    ADMIN: await clinic.hire('ADMIN'),
    NURSE: await clinic.hire('NURSE'),
    RECEPTIONIST: await clinic.hire('RECEPTIONIST'),
  };
  emails.set('OWNER', ownerEmail).set('DOCTOR', doctor.email).set('PATIENT', patient.email);
  emails
    .set('ADMIN', others.ADMIN.email)
    .set('NURSE', others.NURSE.email)
    .set('RECEPTIONIST', others.RECEPTIONIST.email);
  for (const [column, email] of emails) tokens.set(column, (await signIn(server.url, email)).token);

  const input = { doctorId: doctor.doctorId, serviceId: clinic.serviceId, startsAt: '2030-03-05T02:00:00.000Z' };
  const asked = await patient.client.ask(appointmentMutations.request, { input });
  const appointmentId: string = asked.answer.appointment.id;
  await query(server.database.adminUrl, `update clinic set request_policy = 'FRONT_DESK' where id = $1`, [clinic.id]);
  await doctor.client.ask(appointmentMutations.approve, { input: { appointmentId } });
  const { adminUrl } = server.database;
  const now = '2030-03-04T00:00:00Z';
  await query(
    adminUrl,
    `insert into time_off values ('01900000-0000-8a21-8000-000000000001', $1, $2, '${now}', '2030-03-04T00:30:00Z', 'x', '${now}')`,
    [clinic.id, doctor.doctorId],
  );
  // A message for every member of staff, as later features will send them.
  const staff = await query<{ user_id: string }>(
    adminUrl,
    `select user_id from membership where clinic_id = $1 and role not in ('DOCTOR', 'PATIENT')`,
    [clinic.id],
  );
  for (const [index, { user_id: userId }] of staff.entries()) {
    await query(
      adminUrl,
      `insert into notification select ('01900000-0000-8a05-8000-00000000000' || $3)::uuid, clinic_id, cause_event_id, $2, 'x', patient_id, doctor_id,
         appointment_id, type, title, body, outside_body, null, created_at from notification where clinic_id = $1 limit 1`,
      [clinic.id, userId, String(index)],
    );
    await query(
      adminUrl,
      `with head as (update clinic_head set event_sequence = event_sequence + 1 where clinic_id = $1 returning event_sequence)
       insert into event select $1, event_sequence, gen_random_uuid(), 'NOTIFICATION_CREATED',
         ('01900000-0000-8a05-8000-00000000000' || $2)::uuid, jsonb_build_object('recipientUserId', $3::text), '${now}' from head`,
      [clinic.id, String(index), userId],
    );
  }
  await clinic.owner.ask(
    'mutation { inviteStaff(input: { email: "matrix-invited@example.org", name: "Ina", role: NURSE }) { userErrors { code } } }',
  );
  // Somebody opened the patient's record: the log of it holds a line.
  await clinic.owner.ask('query ($id: ID!) { patient(id: $id) { id } }', { id: patient.patientId });
  const [invited] = await query<{ id: string }>(adminUrl, 'select id from invitation');
  const invitationToken = server.runtime.secrets.linkToken(invited?.id ?? '');
  const { importPatients } = await clinic.owner.ask(
    'mutation { importPatients(input: { csv: "first_name\\nImported" }) { importId } }',
  );
  // An import of their own for everybody who may ask how far it is.
  await query(
    adminUrl,
    `insert into import_progress select clinic_id, user_id, 'matrix', 1, 2, false, '${now}' from membership where clinic_id = $1`,
    [clinic.id],
  );
  await waitFor(clinic, patient.patientId, clinic.serviceId, doctor.doctorId);
  const fileId = await aStoredFile(adminUrl, clinic, { patient, by: doctor, mark: 'x' });
  const visit = await filledVisit(clinic, { doctor, patient, appointmentId, server });
  const appointment = `(input: { appointmentId: "${appointmentId}" })`;
  const parties = `doctorId: "${doctor.doctorId}", serviceId: "${clinic.serviceId}", startsAt: "2030-03-06T02:00:00Z"`;
  const nobodyWaiting = '(id: "01900000-0000-8a06-8000-000000000001")';
  const after = `(after: "${Buffer.from('s0').toString('base64url')}")`;
  const filled: Record<string, string> = {
    'Query.appointment': `(id: "${appointmentId}")`,
    'Query.patient': `(id: "${patient.patientId}")`,
    'Query.doctor': `(id: "${doctor.doctorId}")`,
    'Query.node': `(id: "${appointmentId}")`,
    'Query.nodes': `(ids: ["${appointmentId}"])`,
    'Query.availableSlots': `(slug: "${clinic.slug}", serviceId: "${clinic.serviceId}", from: "2030-03-05", to: "2030-03-06")`,
    'Query.publicClinic': `(slug: "${clinic.slug}")`,
    'Query.timeZoneChange': `(timeZone: "Europe/Berlin")`,
    'Mutation.registerClinic': `(input: { clinicName: "x", slug: "-", timeZone: "UTC", currency: "PHP", ownerName: "x", email: "x@example.org", password: "x" })`,
    'Mutation.registerPatient': `(input: { clinicSlug: "none", firstName: "x", email: "x@example.org", password: "${password}" })`,
    'Mutation.signIn': `(input: { email: "nobody@example.org", password: "x" })`,
    'Mutation.acceptInvitation': `(input: { token: "none" })`,
    'Mutation.requestPasswordReset': `(email: "nobody@example.org")`,
    'Mutation.resetPassword': `(input: { token: "none", newPassword: "long enough" })`,
    'Mutation.switchClinic': `(input: { clinicId: "01900000-0000-8a10-8000-000000000001" })`,
    'Mutation.revokeSession': `(id: "01900000-0000-8a13-8000-000000000001")`,
    'Mutation.updateProfile': `(input: { name: "" })`,
    'Mutation.changePassword': `(input: { currentPassword: "x", newPassword: "x" })`,
    'Mutation.confirmTotp': `(code: "none")`,
    'Mutation.disableTotp': `(code: "none")`,
    'Mutation.inviteStaff': `(input: { email: "x@example.org", name: "", role: NURSE })`,
    'Mutation.updateMembership': `(input: { membershipId: "01900000-0000-8a12-8000-000000000001" })`,
    'Mutation.invitePatient': `(patientId: "${patient.patientId}")`,
    'Query.invitation': `(token: "${invitationToken}")`,
    'Mutation.createService': `(input: { name: "", durationMinutes: 30, price: "1" })`,
    'Mutation.updateService': `(input: { serviceId: "${clinic.serviceId}", name: "" })`,
    'Mutation.updateClinic': `(input: { name: "" })`,
    'Mutation.updateDoctor': `(input: { doctorId: "${doctor.doctorId}", active: null })`,
    'Mutation.setSchedule': `(input: { doctorId: "${doctor.doctorId}", blocks: [{ weekday: MONDAY, startsAt: "09:00", endsAt: "08:00", slotMinutes: 30 }] })`,
    'Mutation.createPatient': `(input: { firstName: "", sex: FEMALE })`,
    'Query.possibleDuplicates': `(firstName: "Maria")`,
    'Query.importProgress': `(key: "matrix")`,
    'Mutation.updatePatient': `(input: { patientId: "${patient.patientId}", version: 99 })`,
    'Mutation.archivePatient': `(id: "01900000-0000-8a02-8000-000000000001")`,
    'Mutation.restorePatient': `(id: "${patient.patientId}")`,
    'Mutation.breakGlass': `(recordNumber: "none", reason: "")`,
    'Mutation.mergePatients': `(input: { keepId: "${patient.patientId}", mergeId: "${patient.patientId}" })`,
    'Mutation.setNotificationPreferences': `(input: { patientId: "01900000-0000-8a02-8000-000000000001" })`,
    'Mutation.importPatients': `(input: { csv: "first_name\\nx,y", dryRun: true, progressKey: "matrix" })`,
    'Mutation.undoImport': `(importId: "${importPatients.importId}")`,
    'Mutation.requestAppointment': `(input: { patientId: "${patient.patientId}", ${parties} })`,
    'Mutation.bookAppointment': `(input: { patientId: "${patient.patientId}", ${parties} })`,
    'Mutation.approveAppointment': appointment,
    'Mutation.rejectAppointment': `(input: { appointmentId: "${appointmentId}", note: "" })`,
    'Mutation.cancelAppointment': `(input: { appointmentId: "${appointmentId}", version: 99 })`,
    'Mutation.rescheduleAppointment': `(input: { appointmentId: "${appointmentId}", startsAt: "2030-03-06T02:00:00Z", version: 99 })`,
    'Mutation.markNoShow': `(input: { appointmentId: "${appointmentId}", version: 99 })`,
    'Mutation.addTimeOff': `(input: { doctorId: "${doctor.doctorId}", startsAt: "2030-03-06T02:00:00Z", endsAt: "2030-03-06T02:00:00Z" })`,
    'Mutation.removeTimeOff': `(id: "01900000-0000-8a21-8000-000000000009")`,
    'Mutation.joinWaitlist': `(input: { patientId: "${patient.patientId}", serviceId: "${clinic.serviceId}", earliest: "2030-03-06", latest: "2030-03-05" })`,
    'Mutation.advanceClock': '(minutes: 1)',
    'Mutation.createSandbox': '(seed: -1)',
    'Mutation.leaveWaitlist': nobodyWaiting,
    'Mutation.acceptWaitlistOffer': nobodyWaiting,
    'Mutation.declineWaitlistOffer': nobodyWaiting,
    ...visit,
    'Mutation.createUpload': `(input: { patientId: "${patient.patientId}", fileName: "x", contentType: "image/png", size: 9 })`,
    'Mutation.removeAttachment': `(id: "${fileId}", reason: "")`,
    ...Object.fromEntries(subscriptions.map((name) => [`Subscription.${name}`, after])),
  };
  return (type, field) => filled[`${type}.${field}`] ?? null;
}

/** Signing out ends a session: that one selection takes one of its own. */
async function tokenFor(column: Column, text: string): Promise<string | null> {
  const email = emails.get(column);
  if (email !== undefined && text.includes('signOut')) return (await signIn(server.url, email)).token;
  return tokens.get(column) ?? null;
}

async function run(column: Column, text: string): Promise<ExecutionResult> {
  const document = parse(text);
  expect(validate(schema, document).map(({ message }) => message)).toEqual([]);
  const token = await tokenFor(column, text);
  const ctx = await contextFor(server.runtime, noCaller, token === null ? null : `Bearer ${token}`);
  const args = { schema, document, contextValue: ctx };
  if (!text.startsWith('subscription')) return execute(args);
  const opened = await subscribe(args);
  if (!(Symbol.asyncIterator in opened)) return opened;
  // Updates that a role must not see never come: silence is an answer too.
  const first = await Promise.race([opened.next(), settled(1_500)]);
  await opened.return();
  return first?.value ?? { data: null };
}

/** Whether an answer refuses something on the way to, or at, this path. */
function refusalOf({ errors = [] }: ExecutionResult, path: string[]): string | null {
  for (const { path: at = [], originalError } of errors) {
    const names = at.filter((part) => typeof part === 'string');
    const code = originalError instanceof Error && 'code' in originalError ? String(originalError.code) : null;
    const isOnTheWay = names.every((name, index) => name === path[index]);
    if (isOnTheWay && (code === 'FORBIDDEN' || code === 'UNAUTHENTICATED')) return code;
  }
  return null;
}

const mayPass = (column: Column, door: Door) =>
  door.fields.every(({ type, field }) => matrix.get(`${type}.${field.name}`)?.has(column));

/** A door behind which this role really finds an object; none for a type that it must not reach. */
async function doorFor(column: Column, type: string, doors: Map<string, Door[]>): Promise<Door | null> {
  const key = `${column} ${type}`;
  const known = usable.get(key);
  if (known !== undefined) return known;
  for (const door of (doors.get(type) ?? []).filter((candidate) => mayPass(column, candidate)).slice(0, 40)) {
    const answer = await run(column, operationFor(door, null, fill));
    if (objectBehind(door, answer.data) === null) continue;
    usable.set(key, door);
    return door;
  }
  return null;
}

/** A door that is shut for this role: for a stranger at its first step, for others at any of them. */
const shutDoor = (column: Column, type: string, doors: Map<string, Door[]>): Door | undefined =>
  doors
    .get(type)
    ?.find((door) => !mayPass(column, column === 'signed out' ? { ...door, fields: door.fields.slice(0, 1) } : door));

const roots: Record<string, Door> = {
  Query: { root: 'query', fields: [] },
  Mutation: { root: 'mutation', fields: [] },
  Subscription: { root: 'subscription', fields: [] },
};

describe('the permission matrix', () => {
  it('is what every role meets at every field', { timeout: 60_000 }, async () => {
    const doors = findDoors(schema, fill);
    const mismatches: string[] = [];
    const unreachable: string[] = [];
    let selections = 0;
    for (const column of columns) {
      for (const type of objectTypes) {
        for (const field of Object.values(type.getFields())) {
          const name = `${type.name}.${field.name}`;
          const isAllowed = matrix.get(name)?.has(column) ?? false;
          const open = roots[type.name] ?? (await doorFor(column, type.name, doors));
          const door = open ?? (isAllowed ? null : shutDoor(column, type.name, doors));
          if (door == null && column === 'signed out') {
            // Every door leads through the public viewer, and behind that there is nobody.
            for (const each of doors.get(type.name) ?? []) {
              const nobody = await run(column, operationFor(each, { type: type.name, field }, fill));
              if (objectBehind(each, nobody.data) !== null)
                mismatches.push(`${name} for ${column}: read, printed UNAUTHENTICATED`);
            }
            selections += 1;
            continue;
          }
          if (door == null) {
            unreachable.push(`${name} for ${column}`);
            continue;
          }
          const answer = await run(column, operationFor(door, { type: type.name, field }, fill));
          selections += 1;
          const refusal = refusalOf(answer, [...door.fields.map((step) => step.field.name), field.name]);
          const expected = isAllowed ? null : column === 'signed out' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
          if (refusal !== expected)
            mismatches.push(`${name} for ${column}: ${refusal ?? 'let through'}, printed ${expected ?? 'allowed'}`);
        }
      }
    }

    expect(unreachable).toEqual([]);
    expect(mismatches).toEqual([]);
    expect(selections).toBe(matrix.size * columns.length);
  });

  it('has nobody behind the public door of the viewer', async () => {
    expect(await run('signed out', '{ viewer { email } }')).toEqual({ data: { viewer: null } });
  });
});
