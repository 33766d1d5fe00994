import { setImmediate } from 'node:timers/promises';
import type { CountryCode } from 'libphonenumber-js';
import type { Query } from '../../platform/db/query-builder.ts';
import { DateScalar, EmailAddressScalar, PhoneNumberScalar } from '../../platform/graphql/scalars.ts';
import { identityKeys, readPhone, readRows, readSex, swappedName, type ImportRow } from './patient-import.domain.ts';
import { knownPeople } from './patient-import.queries.ts';
import { foldName, fullName, type SexValue } from './patient.domain.ts';
import { bornInReason, newPatientRules } from './patient.rules.ts';

/** A row that can be taken. */
export interface ImportedPerson {
  row: number;
  firstName: string;
  lastName: string | null;
  nameFolded: string;
  birthDate: string | null;
  age: number | null;
  sex: SexValue;
  phone: string | null;
  email: string | null;
  address: string | null;
}

export interface Rejection {
  row: number;
  message: string;
}

export interface CheckedFile {
  people: ImportedPerson[];
  rejected: Rejection[];
}

/** What reads rows: a request's reader, or a writing transaction. */
export interface RowSource {
  rows<Row>(query: Query<Row>): Promise<Row[]>;
}

export interface CheckOptions {
  source: RowSource;
  clinicId: string;
  /** The clinic's. */
  today: string;
  country: CountryCode | null;
  /** Told how many rows have been looked at. */
  onProgress: (rows: number) => Promise<void>;
}

const rowsAtOnce = 1_000;
const rowsBeforeGivingWay = 100;

/**
 * Checks every row of a file by the rules of createPatient, against the rows before it and the clinic's records. It
 * gives way to other requests all the time: a long file must not hold the process up.
 *
 * @throws DomainError INVALID_INPUT for a file that is no such table
 */
export async function checkFile(csv: string, options: CheckOptions): Promise<CheckedFile> {
  const checked: CheckedFile = { people: [], rejected: [] };
  const seen = new Map<string, number>();
  const rules = newPatientRules.superRefine(bornInReason(options.today));
  let batch: ImportedPerson[] = [];
  let looked = 0;
  const finishBatch = async () => {
    await takeUnknown(batch, checked, options);
    batch = [];
    await options.onProgress(looked);
    await setImmediate();
  };
  for await (const read of readRows(csv)) {
    looked = read.row;
    const result = 'problem' in read ? read.problem : readPerson(read.row, read.cells, options.country, rules);
    const refusal = typeof result === 'string' ? result : seenBefore(result, seen);
    if (refusal !== null) checked.rejected.push({ row: read.row, message: refusal });
    else if (typeof result !== 'string') batch.push(result);
    if (read.row % rowsAtOnce === 0) await finishBatch();
    else if (read.row % rowsBeforeGivingWay === 0) await setImmediate();
  }
  await finishBatch();
  checked.rejected.sort((one, other) => one.row - other.row);
  return checked;
}

type Rules = ReturnType<typeof newPatientRules.superRefine>;

/** The person in a row, or all that is wrong with it in one text. */
function readPerson(row: number, cells: ImportRow, country: CountryCode | null, rules: Rules): ImportedPerson | string {
  const problems: string[] = [];
  const read = <Value>(text: string | null, reader: (text: string) => Value | null, problem: string): Value | null => {
    if (text === null) return null;
    const value = reader(text);
    if (value === null) problems.push(problem);
    return value;
  };
  const sex = readSex(cells.sex);
  if (sex === undefined) problems.push('Write the sex as F, M, other or unknown.');
  const candidate = {
    firstName: cells.first_name ?? '',
    lastName: cells.last_name,
    birthDate: read(cells.birth_date, day, dayProblem(cells.birth_date)),
    age: read(cells.age, wholeNumber, 'Write the age as a whole number.'),
    sex: sex ?? 'UNKNOWN',
    phone: read(cells.phone, (text) => phone(text, country), phoneProblem(country)),
    email: read(cells.email, email, 'Write the e-mail as ana@example.org.'),
    address: cells.address,
  };
  const result = rules.safeParse(candidate);
  if (!result.success) problems.push(...result.error.issues.map((issue) => issue.message));
  if (problems.length > 0 || !result.success) return problems.join(' ');
  const { firstName, lastName = null, address = null } = result.data;
  return {
    ...candidate,
    row,
    firstName,
    lastName,
    address,
    nameFolded: foldName(fullName({ firstName, lastName })),
  };
}

const dayProblem = (text: string | null): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(text ?? '')
    ? 'There is no such day. Check the birth date.'
    : 'Write the birth date as 1990-06-14.';

const phoneProblem = (country: CountryCode | null): string =>
  country === null
    ? 'Write the phone number with its country code, such as +63 917 123 4567.'
    : 'This is no phone number of this country. Check it, or write it with its country code, such as +63 917 123 4567.';

/** What the API's own scalars accept, and nothing else. */
function accepted(scalar: { parseValue(value: unknown): unknown }, text: string): string | null {
  try {
    return String(scalar.parseValue(text));
  } catch {
    return null;
  }
}

const day = (text: string): string | null => accepted(DateScalar, text);
const email = (text: string): string | null => accepted(EmailAddressScalar, text);
const wholeNumber = (text: string): number | null => (/^-?\d{1,4}$/.test(text) ? Number(text) : null);

function phone(text: string, country: CountryCode | null): string | null {
  const number = readPhone(text, country);
  return number === null ? null : accepted(PhoneNumberScalar, number);
}

/** The refusal of a row that an earlier one seems to hold already; null for a new one, which is kept in mind. */
function seenBefore(person: ImportedPerson, seen: Map<string, number>): string | null {
  const keys = identityKeys(person);
  const earlier = keys.map((key) => seen.get(key)).find((row) => row !== undefined);
  if (earlier !== undefined) return `Looks like row ${earlier}: the same name, and the same birth date or phone.`;
  for (const key of keys) seen.set(key, person.row);
  return null;
}

/** Takes those of a batch who have no record yet. */
async function takeUnknown(
  batch: readonly ImportedPerson[],
  checked: CheckedFile,
  { source, clinicId }: CheckOptions,
): Promise<void> {
  if (batch.length === 0) return;
  const wanted = batch.map((person) => ({ ...person, nameSwapped: swappedName(person) }));
  const known = new Map((await source.rows(knownPeople(clinicId, wanted))).map((match) => [match.row, match]));
  for (const person of batch) {
    const match = known.get(person.row);
    if (match === undefined) {
      checked.people.push(person);
      continue;
    }
    const name = fullName(match);
    checked.rejected.push({
      row: person.row,
      message: `Looks like ${match.recordNumber} ${name}, who has a record already. Add them by hand if they are two people.`,
    });
  }
}
