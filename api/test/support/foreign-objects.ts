import { ROLES, type Role } from '../../src/access/roles.ts';
import { query } from './database.ts';
import type { NamingPlace } from './naming.ts';
import type { TestServerHandle } from './server.ts';
import { foreignMark, othersMark, type Person, type Place } from './two-clinics.ts';

/** An object that some callers must not reach, by no field that lets them name it. */
export interface ForeignObject {
  kind: string;
  id: string;
  whose: string;
  hiddenFrom: readonly Role[];
}

const anotherClinic = 'another clinic';

/** Where a role may name what is not its own all the same: `role of whose kind at place`, each with its reason. */
export const allowedAllTheSame: Readonly<Record<string, string>> = {
  'DOCTOR, Doctor at Query.doctor': 'everybody in a clinic knows its doctors',
  'DOCTOR, Doctor at Query.node': 'everybody in a clinic knows its doctors',
  'DOCTOR, Doctor at Query.nodes': 'everybody in a clinic knows its doctors',
  'DOCTOR, TimeOff at Query.node': 'everybody on the staff knows who is away when',
  'DOCTOR, TimeOff at Query.nodes': 'everybody on the staff knows who is away when',
  'DOCTOR, Doctor at Subscription.scheduleChanged': 'everybody on the staff knows who works when',
  'DOCTOR, Doctor at Query.availableSlots': 'free slots are public, of every doctor',
  ...Object.fromEntries(
    ['OWNER', 'ADMIN', 'NURSE', 'RECEPTIONIST'].flatMap((role) =>
      ['Query.node', 'Query.nodes'].map((place) => [
        `${role}, Notification at ${place}`,
        'staff but doctors see all that was sent in their clinic',
      ]),
    ),
  ),
};

/** Where the objects of a kind are kept; ids of a clinic by $1. */
const sources: Readonly<Record<string, string>> = {
  Appointment: 'select id from appointment where clinic_id = $1',
  Attachment: 'select id from attachment where clinic_id = $1',
  AuditEntry: 'select id from audit_entry where clinic_id = $1',
  Bill: 'select id from bill where clinic_id = $1',
  Clinic: 'select id from clinic where id = $1',
  Doctor: 'select id from doctor where clinic_id = $1',
  ImportProgress: 'select key as id from import_progress where clinic_id = $1',
  Membership: 'select id from membership where clinic_id = $1',
  Notification: 'select id from notification where clinic_id = $1',
  Patient: 'select id from patient where clinic_id = $1',
  Payout: 'select id from payout where clinic_id = $1',
  Payment: 'select id from payment where clinic_id = $1',
  PatientImport: 'select id from patient_import where clinic_id = $1',
  Prescription: 'select id from prescription where clinic_id = $1',
  Refund: 'select id from refund where clinic_id = $1',
  Service: 'select id from service where clinic_id = $1',
  Session: 'select id from session where current_clinic_id = $1',
  TimeOff: 'select id from time_off where clinic_id = $1',
  User: 'select user_id as id from membership where clinic_id = $1',
  Visit: 'select id from visit where clinic_id = $1',
  WaitlistEntry: 'select id from waitlist_entry where clinic_id = $1',
};

export const knownKinds = (): string[] => [...Object.keys(sources), 'Cursor'];

/** One object of every kind that is another clinic's, and those of the callers' own clinic that are somebody else's. */
export async function foreignObjects(server: TestServerHandle, home: Place, away: Place): Promise<ForeignObject[]> {
  const one = async (text: string, values: readonly string[]): Promise<string> => {
    const [row] = await query<{ id: string }>(server.database.adminUrl, `${text} order by 1 desc limit 1`, [...values]);
    if (row === undefined) throw new Error(`Nothing was found by: ${text}`);
    return row.id;
  };
  const found: ForeignObject[] = [];
  for (const [kind, text] of Object.entries(sources))
    found.push({ kind, id: await one(text, [away.clinic.id]), whose: anotherClinic, hiddenFrom: ROLES });
  const add = (kind: string, id: string, whose: string, hiddenFrom: readonly Role[]) =>
    void found.push({ kind, id, whose, hiddenFrom });
  const { clinic, colleague, neighbour } = home;
  const of = (kind: string, column: string, value: string) =>
    one(`${sources[kind]} and ${column} = $2`, [clinic.id, value]);
  const own: Role[] = ['DOCTOR', 'PATIENT'];
  add('Appointment', await of('Appointment', 'patient_id', neighbour.patientId), 'another doctor and patient', own);
  add('Visit', await of('Visit', 'patient_id', neighbour.patientId), 'another doctor and patient', own);
  add('Attachment', await of('Attachment', 'patient_id', neighbour.patientId), 'another doctor and patient', [
    ...own,
    'OWNER',
    'ADMIN',
    'RECEPTIONIST',
  ]);
  add('Prescription', await of('Prescription', 'patient_id', neighbour.patientId), 'another doctor and patient', own);
  // Nurses see nobody's money.
  for (const kind of ['Bill', 'Payment', 'Refund'])
    add(kind, await of(kind, 'patient_id', neighbour.patientId), 'another doctor and patient', [...own, 'NURSE']);
  add('Payout', await of('Payout', 'doctor_id', colleague.doctorId), 'another doctor', [
    ...own,
    'ADMIN',
    'NURSE',
    'RECEPTIONIST',
  ]);
  add('Patient', neighbour.patientId, 'another patient', own);
  add('Doctor', colleague.doctorId, 'another doctor', ['DOCTOR']);
  add('User', neighbour.userId, 'another patient', own);
  add('Membership', await of('Membership', 'user_id', neighbour.userId), 'another patient', own);
  add('Membership', await of('Membership', 'user_id', colleague.userId), 'another doctor', ['PATIENT']);
  add('Notification', await of('Notification', 'recipient_user_id', neighbour.userId), 'another patient', ROLES);
  add('Notification', await of('Notification', 'recipient_user_id', colleague.userId), 'another doctor', ROLES);
  add('Session', await of('Session', 'user_id', neighbour.userId), 'another patient', ROLES);
  add('Session', await of('Session', 'user_id', colleague.userId), 'another doctor', ROLES);
  add('WaitlistEntry', await of('WaitlistEntry', 'patient_id', neighbour.patientId), 'another patient', own);
  add('TimeOff', await of('TimeOff', 'doctor_id', home.doctor.doctorId), 'the staff', ['PATIENT']);
  add('TimeOff', await of('TimeOff', 'doctor_id', colleague.doctorId), 'another doctor', ['DOCTOR']);
  add('ImportProgress', `${othersMark} progress`, 'the owner', ['ADMIN', 'RECEPTIONIST']);
  return found;
}

/** What of these somebody must not reach at this place. Strangers know the clinic that they name, and no other. */
export const hiddenAt = (
  objects: readonly ForeignObject[],
  { kind, type, field }: NamingPlace,
  { role }: Person,
): ForeignObject[] =>
  objects.filter((object) => {
    if (object.kind !== kind) return false;
    if (object.whose === anotherClinic) return true;
    if (role === 'signed out' || !object.hiddenFrom.includes(role)) return false;
    return allowedAllTheSame[`${role}, ${kind} at ${type}.${field}`] === undefined;
  });

/** The marks of what this caller must not read. Staff may read all of their clinic's people, doctors and patients not. */
export const hiddenMarks = (role: Person['role']): string[] =>
  role === 'DOCTOR' || role === 'PATIENT' ? [foreignMark, othersMark] : [foreignMark];

/** The name of something that never existed, otherwise like this one: of the same kind, or a cursor of the same list. */
export function neverLike(name: string): string {
  const uuid = /^([0-9a-f-]{24})[0-9a-f]{12}$/.exec(name);
  if (uuid !== null) return `${uuid[1]}0123456789ab`;
  const text = Buffer.from(name, 'base64url').toString();
  if (text.startsWith('[')) {
    const [list, value, id]: string[] = JSON.parse(text);
    return Buffer.from(JSON.stringify([list, value, neverLike(id ?? '')])).toString('base64url');
  }
  return `${name} never`;
}
