import { describe, expect, it } from 'vitest';
import { clinicRules, differences } from './clinic.domain.ts';

const problemsWith = (input: Record<string, unknown>) =>
  clinicRules.safeParse(input).error?.issues.map(({ path, message }) => [path.join('.'), message]) ?? [];

const taken = (input: Record<string, unknown>) => clinicRules.parse(input);

describe('the rules of a clinic’s settings', () => {
  it('keep what is left out apart from what is cleared', () => {
    expect(taken({})).toEqual({});
    expect(taken({ address: null, phone: null, taxNumber: '  ' })).toEqual({
      address: null,
      phone: null,
      taxNumber: null,
    });
  });

  it('put reminders in descending order', () => {
    expect(taken({ reminderLeadHours: [2, 336, 1, 24] })).toEqual({ reminderLeadHours: [336, 24, 2, 1] });
    expect(taken({ reminderLeadHours: [] })).toEqual({ reminderLeadHours: [] });
  });

  it.each([
    [[0], 'Enter whole hours from 1 to 336.', 'reminderLeadHours.0'],
    [[337], 'Enter whole hours from 1 to 336.', 'reminderLeadHours.0'],
    [[2, 24, 2], 'Enter each reminder once.', 'reminderLeadHours'],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 'Use at most 10 reminders.', 'reminderLeadHours'],
    [null, 'Enter the hours before an appointment, or none at all.', 'reminderLeadHours'],
  ])('refuse reminders at %j', (reminderLeadHours, message, field) => {
    expect(problemsWith({ reminderLeadHours })).toEqual([[field, message]]);
  });

  it.each([
    ['name', '', "Enter the clinic's name."],
    ['name', '123 ✚', "Enter the clinic's name."],
    ['name', 'x'.repeat(121), "Use at most 120 characters for the clinic's name."],
    ['address', 'x'.repeat(501), 'Use at most 500 characters for the address.'],
    ['taxNumber', 'x'.repeat(41), 'Use at most 40 characters for the tax number.'],
    ['noShowAfterMinutes', 0, 'Enter whole minutes from 1 to 1,440.'],
    ['noShowAfterMinutes', 1_441, 'Enter whole minutes from 1 to 1,440.'],
    ['noShowAfterMinutes', null, 'Enter whole minutes from 1 to 1,440.'],
    ['selfServiceCutoffHours', -1, 'Enter whole hours from 0 to 720.'],
    ['selfServiceCutoffHours', 721, 'Enter whole hours from 0 to 720.'],
    ['taxPercent', '100.01', 'Enter a tax of 0 to 100 percent.'],
    ['taxPercent', '-0.01', 'Enter a tax of 0 to 100 percent.'],
    ['taxPercent', '12.345', 'Use at most two decimals for the percentage.'],
    ['defaultDoctorSharePercent', '101', 'Enter a share of 0 to 100 percent.'],
    ['timeZone', null, 'Choose a time zone.'],
    ['locale', null, 'Choose a language.'],
    ['requestPolicy', null, 'Choose who answers requests.'],
    ['closeOutPolicy', null, 'Choose how a treatment is closed.'],
  ])('refuse %s %j', (field, value, message) => {
    expect(problemsWith({ [field]: value })).toEqual([[field, message]]);
  });

  it('take marks that turn the direction of text out of a name, and keep right-to-left letters', () => {
    expect(taken({ name: ' \u202Eعيادة\u202C النور ' })).toEqual({ name: 'عيادة النور' });
  });
});

describe('what a change really changes', () => {
  it('is each field before and after', () => {
    expect(differences({ name: 'Old', phone: null, tax: 1 }, { name: 'New', phone: '+639171234567', tax: 1 })).toEqual({
      name: ['Old', 'New'],
      phone: [null, '+639171234567'],
    });
  });

  it('leaves out a percentage that is only written differently', () => {
    expect(differences({ taxPercent: '12.00' }, { taxPercent: '12' })).toEqual({});
    expect(differences({ taxPercent: null }, { taxPercent: '0' })).toEqual({ taxPercent: [null, '0'] });
  });

  it('names a share without saying it: an admin reads the audit trail', () => {
    expect(differences({ defaultDoctorSharePercent: '0.00' }, { defaultDoctorSharePercent: '40' })).toEqual({
      defaultDoctorSharePercent: 'changed',
    });
  });
});
