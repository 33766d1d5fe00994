import type { EyeExamInput, EyeFindingsFragment, EyeExamFragment } from '../../gql/graphql.ts';

export const eyes = ['right', 'left'] as const;
export type Eye = (typeof eyes)[number];
export const eyeMeasures = [
  'visualAcuity',
  'sphere',
  'cylinder',
  'axis',
  'addition',
  'intraocularPressure',
] as const satisfies readonly (keyof EyeFindingsFragment)[];
export type EyeMeasure = (typeof eyeMeasures)[number];
export type EyeField = `${Eye}.${EyeMeasure}` | 'pupillaryDistance';
export type EyeTexts = Readonly<Record<EyeField, string>>;

export const fieldOf = (eye: Eye, measure: EyeMeasure): EyeField => `${eye}.${measure}`;
export const eyeFields: readonly EyeField[] = [
  ...eyes.flatMap((eye) => eyeMeasures.map((measure) => fieldOf(eye, measure))),
  'pupillaryDistance',
];

interface Scale {
  readonly from: number;
  readonly to: number;
  readonly step: number;
  /** A dioptre is written with its sign and two places. */
  readonly isDioptre?: true;
}

/** As the server has them; it has the last word. */
const scales: Readonly<Record<Exclude<EyeMeasure, 'visualAcuity'> | 'pupillaryDistance', Scale>> = {
  sphere: { from: -30, to: 30, step: 0.25, isDioptre: true },
  cylinder: { from: -10, to: 10, step: 0.25, isDioptre: true },
  axis: { from: 0, to: 180, step: 1 },
  addition: { from: 0, to: 5, step: 0.25, isDioptre: true },
  intraocularPressure: { from: 0, to: 80, step: 0.5 },
  pupillaryDistance: { from: 40, to: 80, step: 0.5 },
};
export const acuityLength = 20;

function scaleOf(field: EyeField): Scale | null {
  const [, measure = field] = field.split('.');
  for (const [name, scale] of Object.entries(scales)) if (name === measure) return scale;
  return null;
}

/** "1,25", "+1.25" and "−1.25" as people write them; "pl" is plano, no power at all. Not a number: NaN. */
function numberOf(text: string): number {
  const plain = text.trim().replace(',', '.').replace('−', '-').replace(/^\+/, '');
  if (/^pl(ano)?$/i.test(plain)) return 0;
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
}

function written(value: number, { isDioptre }: Scale): string {
  if (!isDioptre) return String(value);
  return `${value > 0 ? '+' : ''}${value.toFixed(2)}`;
}

/** A field's text as it is kept; what is no number stays as typed. */
export function tidied(field: EyeField, text: string): string {
  const scale = scaleOf(field);
  if (text.trim() === '' || !scale) return text.trim();
  const value = numberOf(text);
  return Number.isNaN(value) ? text : written(value, scale);
}

/** One step up or down, within the range; from nothing it begins at zero, or at the range's middle. */
export function stepped(field: EyeField, text: string, direction: 1 | -1): string {
  const scale = scaleOf(field);
  if (!scale) return text;
  const value = numberOf(text);
  if (Number.isNaN(value)) return written(scale.from > 0 ? (scale.from + scale.to) / 2 : 0, scale);
  return written(Math.min(scale.to, Math.max(scale.from, value + direction * scale.step)), scale);
}

export type EyeMistake =
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | { readonly kind: 'step'; readonly step: number }
  | { readonly kind: 'axisNeeded' };

function mistakeIn(field: EyeField, text: string): EyeMistake | null {
  const scale = scaleOf(field);
  if (!scale || text.trim() === '') return null;
  const value = numberOf(text);
  if (!(value >= scale.from && value <= scale.to)) return { kind: 'range', from: scale.from, to: scale.to };
  return Number.isInteger(value / scale.step) ? null : { kind: 'step', step: scale.step };
}

/** What the server would refuse, by field: out of range, between two steps, a cylinder without its axis. */
export function mistakesIn(texts: EyeTexts): ReadonlyMap<EyeField, EyeMistake> {
  const mistakes = new Map<EyeField, EyeMistake>();
  for (const field of eyeFields) {
    const mistake = mistakeIn(field, texts[field]);
    if (mistake) mistakes.set(field, mistake);
  }
  for (const eye of eyes) {
    const axis = fieldOf(eye, 'axis');
    if (numberOf(texts[fieldOf(eye, 'cylinder')] || '0') !== 0 && texts[axis].trim() === '')
      mistakes.set(axis, { kind: 'axisNeeded' });
  }
  return mistakes;
}

export const noEyeTexts: EyeTexts = {
  'right.visualAcuity': '',
  'right.sphere': '',
  'right.cylinder': '',
  'right.axis': '',
  'right.addition': '',
  'right.intraocularPressure': '',
  'left.visualAcuity': '',
  'left.sphere': '',
  'left.cylinder': '',
  'left.axis': '',
  'left.addition': '',
  'left.intraocularPressure': '',
  pupillaryDistance: '',
};

/** An exam as its form holds it. */
export function eyeTexts(exam: EyeExamFragment | null): EyeTexts {
  const texts: Record<EyeField, string> = { ...noEyeTexts };
  if (!exam) return texts;
  for (const eye of eyes)
    for (const measure of eyeMeasures) {
      const field = fieldOf(eye, measure);
      texts[field] = tidied(field, String(exam[eye][measure] ?? ''));
    }
  texts.pupillaryDistance = tidied('pupillaryDistance', exam.pupillaryDistanceMm ?? '');
  return texts;
}

export const hasEyeExam = (texts: EyeTexts): boolean => eyeFields.some((field) => texts[field].trim() !== '');

/** What is sent: nothing at all when every field is empty. Only for texts without mistakes. */
export function eyeExamInput(texts: EyeTexts): EyeExamInput | null {
  if (!hasEyeExam(texts)) return null;
  const decimal = (field: EyeField): string | null =>
    texts[field].trim() === '' ? null : String(numberOf(texts[field]));
  const findings = (eye: Eye) => ({
    visualAcuity: texts[fieldOf(eye, 'visualAcuity')].trim() || null,
    sphere: decimal(fieldOf(eye, 'sphere')),
    cylinder: decimal(fieldOf(eye, 'cylinder')),
    axis: texts[fieldOf(eye, 'axis')].trim() === '' ? null : numberOf(texts[fieldOf(eye, 'axis')]),
    addition: decimal(fieldOf(eye, 'addition')),
    intraocularPressure: decimal(fieldOf(eye, 'intraocularPressure')),
  });
  return { right: findings('right'), left: findings('left'), pupillaryDistanceMm: decimal('pupillaryDistance') };
}
