import type { RecordVitalsInput, VitalSignsFragment } from '../../gql/graphql.ts';

export const vitalFields = ['temperature', 'pulse', 'systolic', 'diastolic', 'weight', 'height'] as const;
export type VitalField = (typeof vitalFields)[number];
export type VitalTexts = Record<VitalField, string>;

export function vitalTexts(vitals: VitalSignsFragment | null): VitalTexts {
  const text = (field: VitalField): string => String(vitals?.[field] ?? '');
  return {
    temperature: text('temperature'),
    pulse: text('pulse'),
    systolic: text('systolic'),
    diastolic: text('diastolic'),
    weight: text('weight'),
    height: text('height'),
  };
}

/** Reads what was typed: empty clears, a comma is a point. Names the fields that are no numbers; ranges are the server's. */
export function readVitals(texts: VitalTexts): {
  input: Omit<RecordVitalsInput, 'visitId'>;
  unreadable: readonly VitalField[];
} {
  const unreadable: VitalField[] = [];
  function read(field: VitalField, shape: RegExp): string | null {
    const text = texts[field].trim().replace(',', '.');
    if (text === '') return null;
    if (!shape.test(text)) unreadable.push(field);
    return text;
  }
  const decimal = (field: VitalField): string | null => read(field, /^\d+(\.\d+)?$/);
  const whole = (field: VitalField): number | null => {
    const text = read(field, /^\d+$/);
    return text === null ? null : Number(text);
  };
  const input = {
    temperature: decimal('temperature'),
    pulse: whole('pulse'),
    systolic: whole('systolic'),
    diastolic: whole('diastolic'),
    weight: decimal('weight'),
    height: decimal('height'),
  };
  return { input, unreadable };
}
