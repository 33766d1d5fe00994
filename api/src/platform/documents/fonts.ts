import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';

const { resolve } = createRequire(import.meta.url);
const fileOf = (cut: string): string => resolve(`@expo-google-fonts/noto-sans/${cut}/NotoSans_${cut}.ttf`);

export const fontFamily = 'Noto Sans';

/** The cuts of the one family that documents are set in, by pdfmake's names for them. */
export const fontFiles = {
  normal: fileOf('400Regular'),
  bold: fileOf('600SemiBold'),
  italics: fileOf('400Regular_Italic'),
  bolditalics: fileOf('600SemiBold_Italic'),
} as const;

let regular: Font | null = null;

const hasGlyph = (letter: string): boolean => {
  regular ??= create(readFileSync(fontFiles.normal));
  return regular.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0);
};

/** Signs that the family lacks and that can be said with others. None is ever left out: "≥ 38" must not become "38". */
const spelled: Readonly<Record<string, string>> = { '≥': '>=', '≤': '<=', '≈': '~', '→': '->', '\t': ' ', '\r': '' };

/**
 * A text as it can be printed; null when a letter or a sign of it cannot. The family has Latin with all its accents,
 * Greek, Cyrillic and Devanagari, and the currencies' signs; not Arabic, Thai, Tamil, Bengali, Chinese and the like.
 */
export function printable(text: string): string | null {
  let printed = '';
  for (const letter of text.normalize('NFC')) {
    const shown = spelled[letter] ?? letter;
    if (shown === letter && letter !== '\n' && !hasGlyph(letter)) return null;
    printed += shown;
  }
  return printed;
}
