import type { PrescriptionItemInput } from '../../gql/graphql.ts';

export const rowFields = ['medication', 'dosage', 'frequency', 'days', 'instructions'] as const;
export type RowField = (typeof rowFields)[number];
export type DraftRow = Record<RowField, string>;

/** A prescription while it is written. */
export interface Draft {
  rows: DraftRow[];
  instructions: string;
}

/** A medication as it was prescribed before. */
export interface KnownItem {
  readonly medication: string;
  readonly dosage: string;
  readonly frequency: string | null;
  readonly durationDays: number | null;
  readonly instructions: string | null;
}

export const mostRows = 30;

export const emptyRow = (): DraftRow => ({ medication: '', dosage: '', frequency: '', days: '', instructions: '' });
export const emptyDraft = (): Draft => ({ rows: [emptyRow()], instructions: '' });

export const isEmptyRow = (row: DraftRow): boolean => rowFields.every((field) => row[field].trim() === '');
export const isEmptyDraft = ({ rows, instructions }: Draft): boolean =>
  rows.every(isEmptyRow) && instructions.trim() === '';

export const rowOf = (item: KnownItem): DraftRow => ({
  medication: item.medication,
  dosage: item.dosage,
  frequency: item.frequency ?? '',
  days: item.durationDays === null ? '' : String(item.durationDays),
  instructions: item.instructions ?? '',
});

/** The same again: in place of rows that are empty, behind those that are not. */
export function withItems({ rows, instructions }: Draft, items: readonly KnownItem[]): Draft {
  return { rows: [...rows.filter((row) => !isEmptyRow(row)), ...items.map(rowOf)].slice(0, mostRows), instructions };
}

const wholeDays = /^\d{1,3}$/;

export interface Readable {
  items: PrescriptionItemInput[];
  /** Which row of the form each item came from. */
  places: number[];
  /** Rows whose days are no whole number. */
  unreadable: number[];
}

/** What is sent: rows that say something, as the server takes them. */
export function readRows(rows: readonly DraftRow[]): Readable {
  const read: Readable = { items: [], places: [], unreadable: [] };
  rows.forEach((row, index) => {
    if (isEmptyRow(row)) return;
    const days = row.days.trim();
    if (days !== '' && !wholeDays.test(days)) read.unreadable.push(index);
    read.places.push(index);
    read.items.push({
      medication: row.medication,
      dosage: row.dosage,
      frequency: row.frequency,
      durationDays: wholeDays.test(days) ? Number(days) : null,
      instructions: row.instructions,
    });
  });
  return read;
}

/** Where the server's path of a mistake stands on the form: items.0.durationDays is the days of the first row sent. */
export function placeOnForm(path: readonly string[], places: readonly number[]): string | null {
  const [list, index, name] = path.filter((part, at) => !(at === 0 && part === 'input'));
  if (list === 'instructions') return 'instructions';
  const row = places[Number(index)];
  const field = name === 'durationDays' ? 'days' : rowFields.find((each) => each === name);
  return list === 'items' && row !== undefined && field !== undefined ? `${row}.${field}` : null;
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** A draft as it was kept on this device; null for anything that is none, or says nothing. */
export function draftFrom(kept: unknown): Draft | null {
  if (typeof kept !== 'object' || kept === null || !('rows' in kept) || !Array.isArray(kept.rows)) return null;
  const rows = kept.rows.slice(0, mostRows).map((row: unknown): DraftRow => {
    const given: Partial<Record<string, unknown>> = typeof row === 'object' && row !== null ? { ...row } : {};
    const text = (field: RowField): string => {
      const value = given[field];
      return isText(value) ? value : '';
    };
    return {
      medication: text('medication'),
      dosage: text('dosage'),
      frequency: text('frequency'),
      days: text('days'),
      instructions: text('instructions'),
    };
  });
  const draft = { rows, instructions: 'instructions' in kept && isText(kept.instructions) ? kept.instructions : '' };
  return isEmptyDraft(draft) ? null : draft;
}

/** The latest that was written for this patient and is not void. */
export function latestOf<Kept extends { createdAt: string; voidedAt: string | null }>(
  prescriptions: readonly Kept[],
): Kept | null {
  return prescriptions
    .filter(({ voidedAt }) => voidedAt === null)
    .reduce<Kept | null>((last, each) => (last === null || each.createdAt > last.createdAt ? each : last), null);
}
