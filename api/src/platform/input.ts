import type { z } from 'zod';

export interface InputProblem {
  code: string;
  message: string;
  field: string[];
}

/** Everything that is wrong with an input, at once: a form marks all its fields, not one after the other. */
export class InputRefused extends Error {
  override readonly name = 'InputRefused';
  readonly userErrors: InputProblem[];

  constructor(userErrors: InputProblem[]) {
    super('The input breaks a rule.');
    this.userErrors = userErrors;
  }
}

/** Checks an input against its rules. A rule may name its own code in `params.code`; INVALID_INPUT otherwise. */
export function checkInput<Output>(schema: z.ZodType<Output>, input: unknown): Output {
  const checked = schema.safeParse(input);
  if (checked.success) return checked.data;
  throw new InputRefused(
    checked.error.issues.map((issue) => ({
      code:
        issue.code === 'custom' && typeof issue.params?.['code'] === 'string' ? issue.params['code'] : 'INVALID_INPUT',
      message: issue.message,
      field: issue.path.map(String),
    })),
  );
}
