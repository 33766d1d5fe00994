import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';
import { DomainError } from '../../platform/errors.ts';
import { foldName, fullName, type SexValue } from './patient.domain.ts';

export const mostRows = 50_000;

const columns = ['first_name', 'last_name', 'birth_date', 'age', 'sex', 'phone', 'email', 'address'] as const;
type Column = (typeof columns)[number];

/** One row as it stands in the file: trimmed texts, null where nothing was written. */
export type ImportRow = Record<Column, string | null>;

/** A row by its place in the file, counted from 1 without the header: its cells, or what is wrong with its shape. */
export type ReadRow = { row: number; cells: ImportRow } | { row: number; problem: string };

const pieceLength = 64 * 1024;
const longestRow = 20_000;

/**
 * Reads a CSV file row by row: comma, semicolon or tab, with or without quotes and byte order mark, the header's columns
 * in any order and letter case. Empty lines count as rows, as in a spreadsheet, and are passed over.
 *
 * @throws DomainError INVALID_INPUT for a file that is no such table, or has more than 50,000 rows
 */
export async function* readRows(csv: string): AsyncGenerator<ReadRow> {
  const parser = Readable.from(piecesOf(csv)).pipe(
    parse({
      bom: true,
      delimiter: delimiterOf(csv),
      relax_column_count: true,
      relax_quotes: true,
      trim: true,
      max_record_size: longestRow,
    }),
  );
  let header: Column[] | null = null;
  let row = 0;
  try {
    for await (const record of parser) {
      const cells = textsOf(record);
      if (header === null) {
        header = readHeader(cells);
        continue;
      }
      row += 1;
      if (row > mostRows) throw refused('This file has more than 50,000 rows. Split it into smaller ones.');
      if (cells.every((cell) => cell === '')) continue;
      yield readRow(row, cells, header);
    }
  } catch (error) {
    throw error instanceof CsvError ? refused(wordsOf(error)) : error;
  }
  if (header === null) throw refused('This file is empty. Its first line must name the columns.');
}

function* piecesOf(csv: string): Generator<string> {
  for (let start = 0; start < csv.length; start += pieceLength) yield csv.slice(start, start + pieceLength);
}

const textsOf = (record: unknown): string[] => (Array.isArray(record) ? record.map((cell) => String(cell).trim()) : []);

const refused = (message: string) => new DomainError('INVALID_INPUT', message, ['csv']);

function wordsOf(error: CsvError): string {
  // The parser is ahead of whoever reads from it, and counts the header too.
  const records: unknown = error['records'];
  const row = typeof records === 'number' ? Math.max(records, 1) : 1;
  const isUnclosed = error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE';
  if (isUnclosed) return `From row ${row} on this file cannot be read: a quote is opened there and not closed.`;
  return `From row ${row} on this file cannot be read as CSV. Save it again as CSV and try once more.`;
}

/** The separator that the header uses most. */
function delimiterOf(csv: string): string {
  const end = csv.search(/[\r\n]/);
  const line = end === -1 ? csv : csv.slice(0, end);
  const count = (separator: string) => line.split(separator).length;
  return [',', ';', '\t'].reduce((best, each) => (count(each) > count(best) ? each : best));
}

function readHeader(cells: readonly string[]): Column[] {
  const header = cells.map((cell) => {
    const name = cell.toLowerCase().replace(/[\s-]+/g, '_');
    const column = columns.find((known) => known === name);
    if (column !== undefined) return column;
    if (cell === '') throw refused('A column has no name. Name it in the first line, or remove it.');
    throw refused(`There is no column for "${cell.slice(0, 60)}". The columns are ${columns.join(', ')}.`);
  });
  const twice = header.find((column, index) => header.indexOf(column) !== index);
  if (twice !== undefined) throw refused(`The column ${twice} is there twice. Keep one of them.`);
  if (!header.includes('first_name')) throw refused('The column first_name is missing. Add it to the first line.');
  return header;
}

function readRow(row: number, cells: readonly string[], header: readonly Column[]): ReadRow {
  const extra = cells.slice(header.length).some((cell) => cell !== '');
  if (extra)
    return { row, problem: `This row has ${cells.length} cells; the first line names ${header.length} columns.` };
  const found: ImportRow = {
    first_name: null,
    last_name: null,
    birth_date: null,
    age: null,
    sex: null,
    phone: null,
    email: null,
    address: null,
  };
  for (const [index, column] of header.entries()) {
    const cell = cells[index] ?? '';
    found[column] = cell === '' ? null : cell;
  }
  return { row, cells: found };
}

const sexWords: Record<string, SexValue> = {
  f: 'FEMALE',
  female: 'FEMALE',
  m: 'MALE',
  male: 'MALE',
  o: 'OTHER',
  other: 'OTHER',
  u: 'UNKNOWN',
  unknown: 'UNKNOWN',
};

/** F, M, the whole words, in any letter case; nothing means unknown. Undefined for any other word. */
export const readSex = (text: string | null): SexValue | undefined =>
  text === null ? 'UNKNOWN' : sexWords[text.toLowerCase()];

/**
 * A phone number as E.164. One without a country code is read as dialled inside the clinic's country.
 *
 * @returns null when it is no number there
 */
export function readPhone(text: string, country: CountryCode | null): string | null {
  const typed = text.replace(/^00(?=[1-9])/, '+');
  const parsed = parsePhoneNumberFromString(typed, country ?? undefined);
  return parsed !== undefined && parsed.isValid() ? parsed.number : null;
}

interface Identity {
  firstName: string;
  lastName: string | null;
  birthDate: string | null;
  phone: string | null;
}

/**
 * The keys by which two rows are taken for one person: the same name, its parts in any order, and the same birth date or
 * phone; the name alone when neither is known.
 */
export function identityKeys({ firstName, lastName, birthDate, phone }: Identity): string[] {
  const name = foldName(fullName({ firstName, lastName })).split(' ').sort().join(' ');
  const keys = [birthDate, phone].filter((fact) => fact !== null).map((fact) => `${name}|${fact}`);
  return keys.length === 0 ? [`${name}|`] : keys;
}

/** The name with its parts the other way round, as forms in which the last name comes first have it. */
export const swappedName = ({ firstName, lastName }: { firstName: string; lastName: string | null }): string =>
  foldName(fullName({ firstName: lastName ?? '', lastName: firstName }));
