import type { NotesFragment } from '../../gql/graphql.ts';
import { eyeFields, eyeTexts, type EyeField } from './eye-exam.ts';

export const noteFields = ['symptoms', 'diagnosis', 'notes'] as const;
export type TextField = (typeof noteFields)[number];
export type NoteField = TextField | EyeField;
export type NoteTexts = Readonly<Record<NoteField, string>>;

const allFields: readonly NoteField[] = [...noteFields, ...eyeFields];

/** The notes and the eye exam as a form holds them; what was never written is empty. */
export function noteTexts(notes: Pick<NotesFragment, TextField | 'eyeExam'> | null): NoteTexts {
  return {
    symptoms: notes?.symptoms ?? '',
    diagnosis: notes?.diagnosis ?? '',
    notes: notes?.notes ?? '',
    ...eyeTexts(notes?.eyeExam ?? null),
  };
}

export const sameTexts = (left: NoteTexts, right: NoteTexts, fields: readonly NoteField[] = allFields): boolean =>
  fields.every((field) => left[field] === right[field]);

export const isTextField = (field: NoteField): field is TextField => noteFields.some((name) => name === field);

/** Some texts with those of some fields taken from others. */
export function withFields(texts: NoteTexts, fields: readonly NoteField[], source: NoteTexts): NoteTexts {
  const taken: Record<NoteField, string> = { ...texts };
  for (const field of fields) taken[field] = source[field];
  return taken;
}

/**
 * Brings what was typed here together with what another window saved since. Where one side alone changed a text, that one
 * stands; where both did, what was typed here stands and the field is named.
 */
export function meet(base: NoteTexts, mine: NoteTexts, theirs: NoteTexts) {
  const both = allFields.filter(
    (field) => mine[field] !== base[field] && theirs[field] !== base[field] && mine[field] !== theirs[field],
  );
  const untouched = allFields.filter((field) => mine[field] === base[field]);
  return { texts: withFields(mine, untouched, theirs), both };
}

/** One text after the other, so that no word is lost; of two figures there can be one alone: the one typed here. */
export const joined = (field: NoteField, theirs: string, mine: string): string =>
  isTextField(field) ? [theirs, mine].filter((text) => text.trim() !== '').join('\n\n') : mine || theirs;
