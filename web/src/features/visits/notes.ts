import type { NotesFragment } from '../../gql/graphql.ts';

export const noteFields = ['symptoms', 'diagnosis', 'notes'] as const;
export type NoteField = (typeof noteFields)[number];
export type NoteTexts = Readonly<Record<NoteField, string>>;

/** The texts as a form holds them; what was never written is empty. */
export function noteTexts(notes: Pick<NotesFragment, NoteField> | null): NoteTexts {
  return { symptoms: notes?.symptoms ?? '', diagnosis: notes?.diagnosis ?? '', notes: notes?.notes ?? '' };
}

export const sameTexts = (left: NoteTexts, right: NoteTexts): boolean =>
  noteFields.every((field) => left[field] === right[field]);

/**
 * Brings what was typed here together with what another window saved since. Where one side alone changed a text, that one
 * stands; where both did, what was typed here stands and the field is named.
 */
export function meet(base: NoteTexts, mine: NoteTexts, theirs: NoteTexts) {
  const both = noteFields.filter(
    (field) => mine[field] !== base[field] && theirs[field] !== base[field] && mine[field] !== theirs[field],
  );
  const merged = (field: NoteField): string => (mine[field] === base[field] ? theirs[field] : mine[field]);
  const texts: NoteTexts = { symptoms: merged('symptoms'), diagnosis: merged('diagnosis'), notes: merged('notes') };
  return { texts, both };
}

/** One text after the other, so that no word is lost. */
export const joined = (theirs: string, mine: string): string =>
  [theirs, mine].filter((text) => text.trim() !== '').join('\n\n');
