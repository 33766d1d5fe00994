import { z } from 'zod';

const text = (what: string, limit: number) =>
  z
    .string()
    .max(limit, `Use at most ${limit.toLocaleString('en')} characters for the ${what}.`)
    .transform((given) => (given.trim() === '' ? null : given))
    .nullish();

/** A decimal number within a range, in whole steps. Text in, text out: what was written is what is kept. */
function measured(what: string, { from, to, step }: { from: number; to: number; step: number }) {
  const isInSteps = (value: number) => Number.isInteger(Math.round((value / step) * 1_000) / 1_000);
  return z
    .string()
    .refine((given) => Number(given) >= from && Number(given) <= to, `Enter ${what} from ${from} to ${to}.`)
    .refine((given) => isInSteps(Number(given)), `Enter ${what} in steps of ${step}.`)
    .nullish();
}

function whole(what: string, from: number, to: number) {
  const words = `Enter ${what} from ${from} to ${to}.`;
  return z.number(words).int(words).min(from, words).max(to, words).nullish();
}

const quarter = 0.25;

/** Source: contract, EyeFindings: dioptres in quarter steps, axis 0 to 180 degrees, pressure in mmHg. */
const eye = z
  .object({
    visualAcuity: text('visual acuity', 20),
    sphere: measured('the sphere', { from: -30, to: 30, step: quarter }),
    cylinder: measured('the cylinder', { from: -10, to: 10, step: quarter }),
    axis: whole('the axis', 0, 180),
    addition: measured('the addition', { from: 0, to: 5, step: quarter }),
    intraocularPressure: measured('the pressure', { from: 0, to: 80, step: 0.5 }),
  })
  .refine(({ cylinder, axis }) => cylinder == null || Number(cylinder) === 0 || axis != null, {
    message: 'Enter the axis of the cylinder.',
    path: ['axis'],
  });

export const consultationRules = z.object({
  symptoms: text('symptoms', 10_000),
  diagnosis: text('diagnosis', 10_000),
  notes: text('notes', 20_000),
  eyeExam: z
    .object({
      right: eye,
      left: eye,
      pupillaryDistanceMm: measured('the pupillary distance', { from: 40, to: 80, step: 0.5 }),
    })
    .nullish(),
});

export const addendumRules = z.object({
  text: z.string().trim().min(1, 'Write what you add.').max(10_000, 'Use at most 10,000 characters for an addendum.'),
});

export const vitalsRules = z
  .object({
    temperature: measured('the temperature', { from: 25, to: 45, step: 0.1 }),
    systolic: whole('the systolic pressure', 40, 300),
    diastolic: whole('the diastolic pressure', 20, 200),
    pulse: whole('the pulse', 20, 300),
    weight: measured('the weight', { from: 0.3, to: 500, step: 0.01 }),
    height: measured('the height', { from: 20, to: 260, step: 0.1 }),
  })
  .refine(({ systolic, diastolic }) => systolic == null || diastolic == null || systolic > diastolic, {
    message: 'The systolic pressure must be above the diastolic.',
    path: ['systolic'],
  });
