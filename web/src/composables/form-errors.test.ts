import { describe, expect, it } from 'vitest';
import { asUserErrors, sortUserErrors } from './form-errors.ts';

const fieldNames = ['email', 'password', 'startsAt'];
const error = (message: string, field: string[] | null) => ({ code: 'INVALID_INPUT', message, field });

describe('sorting user errors to a form', () => {
  it('puts each beside its field, with or without the input’s name in front', () => {
    const sorted = sortUserErrors(
      [error('No e-mail.', ['email']), error('Too short.', ['input', 'password'])],
      fieldNames,
    );

    expect(sorted).toEqual({ fields: { email: 'No e-mail.', password: 'Too short.' }, form: [] });
  });

  it('says above the form what belongs to no field of it', () => {
    const sorted = sortUserErrors([error('Not in this state.', null), error('No slug.', ['slug'])], fieldNames);

    expect(sorted).toEqual({ fields: {}, form: ['Not in this state.', 'No slug.'] });
  });

  it('gives the field a path goes through when the rest is not shown', () => {
    const sorted = sortUserErrors([error('Block overlaps.', ['startsAt', '0', 'minute'])], fieldNames);

    expect(sorted.fields).toEqual({ startsAt: 'Block overlaps.' });
  });

  it('keeps the first of two about one field', () => {
    const sorted = sortUserErrors([error('First.', ['email']), error('Second.', ['email'])], fieldNames);

    expect(sorted.fields).toEqual({ email: 'First.' });
  });
});

describe('a refused scalar', () => {
  const refused = { code: 'BAD_USER_INPUT', message: 'Variable "$input"…', requestId: 'r1', field: ['input', 'phone'] };

  it('reads like a user error, in words for people', () => {
    expect(asUserErrors(refused, (name) => `Check ${name}.`)).toEqual([
      { code: 'BAD_USER_INPUT', message: 'Check phone.', field: ['input', 'phone'] },
    ]);
  });

  it('stays an error of the whole form when it names no field, or has another code', () => {
    expect(asUserErrors({ ...refused, field: null }, String)).toEqual([]);
    expect(asUserErrors({ ...refused, code: 'FORBIDDEN' }, String)).toEqual([]);
  });
});
