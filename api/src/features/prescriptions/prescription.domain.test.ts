import { describe, expect, it } from 'vitest';
import type { PrescribedItem } from './medication.domain.ts';
import { assertMayPrescribe, assertMayVoid, readsWarnings, warningsFor } from './prescription.domain.ts';

const item = (medication: string): PrescribedItem => ({
  medication,
  dosage: '1',
  frequency: null,
  durationDays: null,
  instructions: null,
});
const now = new Date('2030-03-04T20:00:00.000Z');
const inManila = { now, timeZone: 'Asia/Manila' };

describe('a prescription', () => {
  it('is written during the consultation or after it, at no other time', () => {
    for (const status of ['IN_PROGRESS', 'COMPLETED']) expect(() => assertMayPrescribe({ status })).not.toThrow();
    for (const status of ['WAITING', 'CALLED', 'LEFT'])
      expect(() => assertMayPrescribe({ status })).toThrow(expect.objectContaining({ code: 'INVALID_TRANSITION' }));
  });

  it('is voided once', () => {
    expect(() => assertMayVoid({ voidedAt: null })).not.toThrow();
    expect(() => assertMayVoid({ voidedAt: now })).toThrow(expect.objectContaining({ code: 'INVALID_TRANSITION' }));
  });

  it('warns of allergies, of what is taken already until a day of the clinic’s, and of what stands in it twice', () => {
    const earlier = [{ createdAt: now, items: [{ ...item('Cetirizine 10 mg'), durationDays: 2 }] }];

    const warnings = warningsFor(
      [item('Penicillin V'), item('Cetirizine'), item('cetirizine 5'), item('Ibuprofen')],
      { allergies: ['Penicillin (rash)'], earlier },
      inManila,
    );

    expect(warnings).toEqual([
      'Penicillin V: the patient is noted as allergic to Penicillin (rash).',
      'Cetirizine: the patient takes Cetirizine 10 mg already, until 7 March 2030.',
      'cetirizine 5: the patient takes Cetirizine 10 mg already, until 7 March 2030.',
      'cetirizine 5: it stands in this prescription twice.',
    ]);
    expect(warningsFor([item('Ibuprofen')], { allergies: ['Penicillin'], earlier }, inManila)).toEqual([]);
  });

  it('shows the warnings on it to whoever may read allergies', () => {
    const of = { doctorId: 'ana' };

    for (const role of ['DOCTOR', 'NURSE', 'PATIENT'] as const)
      expect(readsWarnings(of, { role, doctorId: null })).toBe(true);
    for (const role of ['OWNER', 'ADMIN', 'RECEPTIONIST'] as const)
      expect(readsWarnings(of, { role, doctorId: null })).toBe(false);
    expect(readsWarnings(of, { role: 'OWNER', doctorId: 'ana' })).toBe(true);
    expect(readsWarnings(of, { role: 'OWNER', doctorId: 'ben' })).toBe(false);
  });
});
