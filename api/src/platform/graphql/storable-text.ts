import { GraphQLError, type ValidationRule } from 'graphql';
import { badUserInput, type RequestError } from '../errors.ts';

/** The one character that PostgreSQL's texts cannot hold. */
const unstorable = '\u0000';
const message = 'Leave the character U+0000 out of texts.';

/** Refuses a text in the document that no row could hold. */
export const storableTextRule: ValidationRule = (context) => ({
  StringValue(node) {
    if (node.value.includes(unstorable)) context.reportError(new GraphQLError(message, { nodes: node }));
  },
});

/** Returns the refusal of the first text among the variables that no row could hold, or null. */
export function unstorableVariable(variables: unknown): RequestError | null {
  const place = placeIn(variables);
  return place === null ? null : badUserInput(message, place);
}

function placeIn(value: unknown): string[] | null {
  if (typeof value === 'string') return value.includes(unstorable) ? [] : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, inner] of Object.entries(value)) {
    const rest = placeIn(inner);
    if (rest !== null) return [name, ...rest];
  }
  return null;
}
