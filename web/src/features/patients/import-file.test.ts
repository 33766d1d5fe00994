import { describe, expect, it } from 'vitest';
import { countRows, refusedRowsCsv } from './import-file.ts';

describe('refused rows as a file', () => {
  it('have their number and reason, quoted', () => {
    expect(refusedRowsCsv([{ row: 2, message: 'Looks like "Ana", who is here.' }])).toBe(
      'row,reason\r\n2,"Looks like ""Ana"", who is here."\r\n',
    );
  });
});

describe('a file', () => {
  it.each([
    ['', 0],
    ['first_name', 0],
    ['first_name\nAna\nBen\n', 2],
    ['first_name\r\nAna\r\n', 1],
  ])('%j has as many rows as lines after its header', (csv, rows) => {
    expect(countRows(csv)).toBe(rows);
  });
});
