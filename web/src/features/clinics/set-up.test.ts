import { describe, expect, it } from 'vitest';
import { doneSteps, isBookable, nextPlace, type SetUpFacts } from './set-up.ts';

const nothing: SetUpFacts = {
  hasContact: false,
  hasHours: false,
  serviceCount: 0,
  staffCount: 1,
  patientCount: 0,
  appointmentCount: 0,
};

describe('the set-up of a clinic', () => {
  it('begins with the clinic, whose owner alone is no team yet', () => {
    expect([...doneSteps(nothing)]).toEqual([]);
    expect(nextPlace(new Set(), new Set())).toBe('clinic');
  });

  it('goes on with the first step that is neither done nor skipped', () => {
    const done = doneSteps({ ...nothing, hasHours: true, patientCount: 1 });

    expect([...done]).toEqual(['hours', 'patient']);
    expect(nextPlace(done, new Set(['clinic']))).toBe('services');
    expect(nextPlace(done, new Set(['clinic', 'services', 'team']))).toBe('ready');
  });

  it('is enough for a booking with hours and a service', () => {
    expect(isBookable({ ...nothing, hasHours: true })).toBe(false);
    expect(isBookable({ ...nothing, hasHours: true, serviceCount: 1 })).toBe(true);
  });
});
