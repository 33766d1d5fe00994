import { describe, expect, it } from 'vitest';
import { layOutPrescription, type PrintedPrescription } from './prescription-layout.ts';

const printed: PrintedPrescription = {
  clinic: {
    slug: 'bayani',
    name: 'Bayani Clinic',
    address: '1 Rizal Ave',
    phone: '+63281234567',
    taxNumber: '123-456',
    locale: 'en-PH',
  },
  doctor: { name: 'Dr. Ana Reyes', specialty: 'Ophthalmology', licenceNumber: 'PRC 0098765' },
  patient: {
    name: 'María Ñíguez',
    recordNumber: 'P-00042',
    birthDate: '1991-03-05',
    birthDateEstimated: false,
    sex: 'FEMALE',
  },
  items: [{ medication: 'Cetirizine', dosage: '₱ ½', frequency: null, durationDays: 7, instructions: 'If ≥ 38 °C' }],
  instructions: 'Rest.',
  // Still the third of March in London, the fourth in Manila.
  createdAt: new Date('2030-03-03T23:00:00.000Z'),
  voidedAt: null,
  voidReason: null,
  timeZone: 'Asia/Manila',
};

/** All words of a document, in their order. */
function wordsOf(content: unknown): string[] {
  if (typeof content === 'string') return [content];
  if (Array.isArray(content)) return content.flatMap(wordsOf);
  if (typeof content !== 'object' || content === null) return [];
  return ['text', 'stack', 'columns', 'table', 'body'].flatMap((key) => wordsOf(Reflect.get(content, key)));
}

const paper = (changes: Partial<PrintedPrescription> = {}): string =>
  wordsOf(layOutPrescription({ ...printed, ...changes }, 'a5').content).join(' | ');

describe('a prescription on paper', () => {
  it('says whose it is, who wrote it where and when, and how it is taken', () => {
    expect(paper()).toBe(
      [
        'Bayani Clinic | 1 Rizal Ave | Tel. +63281234567 | Tax no. 123-456',
        'Dr. Ana Reyes | Ophthalmology | Licence no. PRC 0098765',
        'Patient | María Ñíguez | Age, sex | 38 years, female | Record | P-00042 | Date | March 4, 2030 | ℞',
        ' | Medication | Dosage | Frequency | Days | 1. | Cetirizine | If >= 38 °C | ₱ ½ |  | 7',
        'Instructions | Rest. |  | Dr. Ana Reyes | Licence no. PRC 0098765',
      ].join(' | '),
    );
  });

  it('puts a plain line where letters cannot be printed, never boxes', () => {
    const [item] = printed.items;
    const words = paper({
      clinic: { ...printed.clinic, name: 'คลินิก' },
      patient: { ...printed.patient, name: '王芳' },
      items: item === undefined ? [] : [{ ...item, medication: 'باراسيتامول' }],
    });

    expect(words).toContain('bayani | 1 Rizal Ave');
    expect(words).toContain('Patient | Record P-00042');
    expect(words).toContain('1. | [These letters cannot be printed: see record P-00042]');
    expect(words).not.toMatch(/[\u0600-\u06ff\u0e00-\u0e7f\u4e00-\u9fff]/);
  });

  it('is void across, with the reason', () => {
    const isVoid = { voidedAt: new Date('2030-03-05T01:00:00.000Z'), voidReason: 'Wrong strength' };

    expect(paper(isVoid)).toContain('VOID since March 5, 2030: Wrong strength');
    expect(layOutPrescription({ ...printed, ...isVoid }, 'a4').watermark?.text).toBe('VOID');
    expect(layOutPrescription(printed, 'a4').watermark).toBeUndefined();
  });

  it('gives the age on that day, of a small child in months, and says when it is a guess', () => {
    const ageOf = (birthDate: string | null, birthDateEstimated = false) =>
      /Age, sex \| (.*?) \| Record/.exec(
        paper({ patient: { ...printed.patient, birthDate, birthDateEstimated, sex: 'UNKNOWN' } }),
      )?.[1];

    expect(ageOf('1991-03-04')).toBe('39 years');
    expect(ageOf('2029-08-01')).toBe('7 months');
    expect(ageOf('1980-01-01', true)).toBe('about 50 years');
    expect(ageOf(null)).toBe('–');
  });
});
