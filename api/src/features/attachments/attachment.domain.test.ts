import { describe, expect, it } from 'vitest';
import { DomainError } from '../../platform/errors.ts';
import { assertTaken, fileNameOf, mayRemove, sizeLimit } from './attachment.domain.ts';

const codeOf = (run: () => unknown): string => {
  try {
    run();
    return 'none';
  } catch (error) {
    return error instanceof DomainError ? `${error.code} ${error.field?.join('.')}` : String(error);
  }
};

describe('the name of a file', () => {
  it.each([
    ['scan.pdf', 'scan.pdf'],
    ['Röntgen  links (2).PDF', 'Röntgen links (2).PDF'],
    ['../../etc/passwd', 'passwd.pdf'],
    ['C:\\Users\\ana\\x.pdf', 'x.pdf'],
    ['nul\u0000\u0007in.pdf', 'nulin.pdf'],
    ['fdp.\u202Egpj.exe', 'fdp.gpj.exe.pdf'],
    ['zero\u200Bwidth.pdf', 'zerowidth.pdf'],
    ['bill.exe', 'bill.exe.pdf'],
    ['.htaccess', '.htaccess.pdf'],
    ['a"b<c>|d?.pdf', 'abcd.pdf'],
    ['trailing. . .', 'trailing.pdf'],
    [`${'é'.repeat(300)}.pdf`, `${'é'.repeat(116)}.pdf`],
  ])('%j is kept as %j', (given, kept) => {
    expect(fileNameOf(given, 'application/pdf')).toBe(kept);
  });

  it.each(['', '.', '..', '...', '/', 'a/', '\u202E', ' \t ', 'x/..'])('%j is none', (given) => {
    expect(codeOf(() => fileNameOf(given, 'image/png'))).toBe('INVALID_INPUT fileName');
  });
});

describe('what is taken', () => {
  it('is five kinds, from one byte to 25 MB', () => {
    expect(codeOf(() => assertTaken('image/png', 1))).toBe('none');
    expect(codeOf(() => assertTaken('application/dicom', sizeLimit))).toBe('none');
    expect(codeOf(() => assertTaken('image/png', 0))).toBe('UNSUPPORTED_FILE size');
    expect(codeOf(() => assertTaken('image/png', -1))).toBe('UNSUPPORTED_FILE size');
    expect(codeOf(() => assertTaken('image/png', sizeLimit + 1))).toBe('UNSUPPORTED_FILE size');
    for (const kind of ['image/svg+xml', 'text/html', 'image/gif', 'application/zip', 'constructor', ''])
      expect(codeOf(() => assertTaken(kind, 1))).toBe('UNSUPPORTED_FILE contentType');
  });
});

describe('removing a file', () => {
  const doctor = {
    roles: ['DOCTOR'],
    userId: 'u1',
    doctorId: 'd1',
    uploadedByUserId: 'u9',
    visitDoctorId: 'd1',
  } as const;

  it("is a nurse's, and a doctor's unless it belongs to a colleague's visit", () => {
    expect(mayRemove(doctor)).toBe(true);
    expect(mayRemove({ ...doctor, visitDoctorId: null })).toBe(true);
    expect(mayRemove({ ...doctor, visitDoctorId: 'd2' })).toBe(false);
    expect(mayRemove({ ...doctor, visitDoctorId: 'd2', uploadedByUserId: 'u1' })).toBe(true);
    expect(mayRemove({ ...doctor, visitDoctorId: 'd2', roles: ['NURSE'], doctorId: null })).toBe(true);
    expect(mayRemove({ ...doctor, roles: ['RECEPTIONIST'], uploadedByUserId: 'u1' })).toBe(false);
  });
});
