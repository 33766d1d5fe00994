import { describe, expect, it } from 'vitest';
import { asWords, refusedAction, toneOf } from './action-words.ts';

describe('an action in the audit trail', () => {
  it('is put into words when nobody wrote any for it', () => {
    expect(asWords('approveAppointment')).toBe('Approve appointment');
    expect(asWords('patient.import.undo')).toBe('Patient import undo');
    expect(asWords('session.end-after-token-reuse')).toBe('Session end after token reuse');
    expect(asWords('')).toBe('');
  });

  it('tells what was refused', () => {
    expect(refusedAction('approveAppointment.refuse')).toBe('approveAppointment');
    expect(refusedAction('session.sign-in.refuse')).toBe('session.sign-in');
    expect(refusedAction('patient.read')).toBeNull();
  });

  it('is a reading, a refusal, an opening, a sign-in or a change', () => {
    expect(
      ['patient.read', 'patient.refuse', 'patient.breakGlass', 'session.sign-in', 'patient.update'].map(toneOf),
    ).toEqual(['read', 'refused', 'opened', 'entry', 'change']);
  });
});
