/** Marks that turn the direction of what follows: in a name they would turn the rest of the screen. */
const directionMarks = /[\u202A-\u202E\u2066-\u2069]/g;

/** Returns a text as a person meant it: without marks that turn its direction, and without blank edges. */
export const plainText = (text: string): string => text.replace(directionMarks, '').trim();
