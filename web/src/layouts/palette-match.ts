/** A text as it is compared: without case and accents. */
export const foldText = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .trim();

/** Whether every word of a folded search begins a word of the name. */
export function matchesWords(name: string, folded: string): boolean {
  const words = foldText(name).split(/\s+/);
  return folded.split(/\s+/).every((part) => words.some((word) => word.startsWith(part)));
}
