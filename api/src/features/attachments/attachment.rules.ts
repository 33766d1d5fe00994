import { z } from 'zod';

export const removalRules = z.object({
  reason: z
    .string()
    .trim()
    .superRefine((reason, check) => {
      if (reason.length < 3)
        check.addIssue({
          code: 'custom',
          message: 'Write why this file is removed: the reason is kept.',
          params: { code: 'NOTE_REQUIRED' },
        });
    })
    .max(500, 'Use at most 500 characters for the reason.'),
});
