/** Who asks, as set for this transaction. The sub-select makes PostgreSQL evaluate it once per statement, not per row. */
export const setting = (name: string): string => `(select nullif(current_setting('app.${name}', true), '')::uuid)`;
export const clinic = `clinic_id = ${setting('clinic_id')}`;
export const role = `(select current_setting('app.role', true))`;
export const user = setting('user_id');
export const doctor = setting('doctor_id');
export const patient = setting('patient_id');

/** The clinic's now, not the database's: a sandbox's clock can be moved. Not set, nothing is open. */
export const clinicNow = `(select nullif(current_setting('app.now', true), '')::timestamptz)`;

/** A doctor's own patients: for good, or a record that was opened in an emergency, until its hour is over. */
export const theirPatients = `(select patient_id from care where clinic_id = ${setting('clinic_id')} and doctor_id = ${doctor}
  and (until is null or until > ${clinicNow}))`;

/** The kinds of callers that have policies of their own: the app's three database roles. */
export type Kind = 'staff' | 'doctor' | 'patient';
export type Command = 'select' | 'insert' | 'update' | 'delete';

export const all: Command[] = ['select', 'insert', 'update', 'delete'];
export const everyone: Kind[] = ['staff', 'doctor', 'patient'];

/** One policy for one kind of caller and one command; several of them are cheaper than one with a CASE. */
export function policy(table: string, kind: Kind | 'directory', command: Command, condition: string): string {
  const clause = command === 'insert' ? `with check (${condition})` : `using (${condition})`;
  const check = command === 'update' ? ` with check (${condition})` : '';
  return `create policy ${kind}_${command} on ${table} for ${command} to clinigraph_${kind} ${clause}${check}`;
}

export const policies = (table: string, kinds: Kind[], commands: Command[], condition: string): string[] =>
  kinds.flatMap((kind) => commands.map((command) => policy(table, kind, command, condition)));

/** Switches row-level security on for a table, for its owner too. */
export const protect = (table: string): string[] => [
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
];

/** Lets a table be emptied of a sandbox, and of nothing else. Those before 0014 were given this there. */
export const emptiable = (table: string): string[] => [
  `grant select, delete on ${table} to clinigraph_directory`,
  ...(['delete', 'select'] as const).map(
    (command) => `create policy directory_${command === 'delete' ? 'empties' : 'finds'} on ${table} for ${command}
      to clinigraph_directory using (clinic_id in (select id from clinic where sandbox))`,
  ),
];

/**
 * Hands functions of the directory schema to its owner, for the app's roles alone to call: they look before a clinic
 * or a person is known, or across persons without naming them.
 */
export const handToDirectory = (signatures: readonly string[]): string[] => [
  'grant create on schema directory to clinigraph_directory',
  ...signatures.flatMap((signature) => [
    `revoke all on function directory.${signature} from public`,
    `grant execute on function directory.${signature} to clinigraph_staff, clinigraph_doctor, clinigraph_patient`,
    `alter function directory.${signature} owner to clinigraph_directory`,
  ]),
  'revoke create on schema directory from clinigraph_directory',
];
