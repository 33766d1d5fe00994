import { describe, expect, it } from 'vitest';
import { badUserInput, DomainError, forbidden, notFound, unauthenticated } from './errors.ts';

describe('DomainError', () => {
  it('carries the code, the sentence and the path of the input', () => {
    const error = new DomainError<'SLOT_TAKEN'>('SLOT_TAKEN', 'Choose another time.', ['startsAt'], { nearest: [1] });

    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ code: 'SLOT_TAKEN', message: 'Choose another time.', field: ['startsAt'] });
    expect(error.details).toEqual({ nearest: [1] });
  });

  it('belongs to no field unless one is named', () => {
    expect(new DomainError('SLOT_TAKEN', 'Choose another time.').field).toBeNull();
  });
});

describe('RequestError', () => {
  it('says the same for what is missing and what is not yours', () => {
    expect(notFound()).toMatchObject({ code: 'NOT_FOUND', message: 'This does not exist, or it is not yours to see.' });
  });

  it('names what is refused', () => {
    expect(forbidden()).toMatchObject({ code: 'FORBIDDEN', message: 'You may not do this.' });
    expect(forbidden('read notes').message).toBe('You may not read notes.');
    expect(unauthenticated().code).toBe('UNAUTHENTICATED');
  });

  it('names the field of malformed input', () => {
    expect(badUserInput('Send a day.', ['input', 'day'])).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: ['input', 'day'],
    });
  });
});
