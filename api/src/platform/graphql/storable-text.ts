import { GraphQLError, type ValidationRule } from 'graphql';
import { badUserInput, type RequestError } from '../errors.ts';

/** Returns why no row could hold a text, or null. PostgreSQL's texts lack one character, and its JSON halves of others. */
function whyUnstorable(text: string): string | null {
  if (text.includes('\u0000')) return 'Leave the character U+0000 out of texts.';
  return text.isWellFormed() ? null : 'Leave half characters, lone surrogates, out of texts.';
}

/** Refuses a text in the document that no row could hold. */
export const storableTextRule: ValidationRule = (context) => ({
  StringValue(node) {
    const message = whyUnstorable(node.value);
    if (message !== null) context.reportError(new GraphQLError(message, { nodes: node }));
  },
});

interface Unstorable {
  place: string[];
  message: string;
}

/** No input of ours is half as deep; a million brackets would fill the stack of whoever walks through them. */
const deepest = 50;

/** How far down a place is named. */
const shown = 10;

/** Returns the refusal of the first text among the variables that no row could hold, or of depths, or null. */
export function unstorableVariable(variables: unknown): RequestError | null {
  const found = unstorableIn(variables, 0);
  return found === null ? null : badUserInput(found.message, found.place);
}

function unstorableIn(value: unknown, depth: number): Unstorable | null {
  if (typeof value === 'string') {
    const message = whyUnstorable(value);
    return message === null ? null : { place: [], message };
  }
  if (typeof value !== 'object' || value === null) return null;
  if (depth > deepest) return { place: [], message: `Put at most ${deepest} lists or objects inside each other.` };
  for (const [name, inner] of Object.entries(value)) {
    const found = unstorableIn(inner, depth + 1);
    if (found !== null) return { ...found, place: depth < shown ? [name, ...found.place] : [] };
  }
  return null;
}
