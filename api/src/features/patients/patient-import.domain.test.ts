import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identityKeys, readPhone, readRows, readSex, type ReadRow } from './patient-import.domain.ts';

async function rowsOf(csv: string): Promise<ReadRow[]> {
  const rows: ReadRow[] = [];
  for await (const row of readRows(csv)) rows.push(row);
  return rows;
}

/** What a spreadsheet writes: every cell in quotes, quotes doubled. */
const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

const cell = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !text.includes('\u0000'));

describe('reading a file', () => {
  it('gives back what was written, whatever the cells hold and however they are separated', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 20 }),
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n'),
        async (people, separator, lineEnd) => {
          const lines = [['first_name', 'last_name', 'address'], ...people].map((cells) =>
            cells.map(quoted).join(separator),
          );

          const rows = await rowsOf(lines.join(lineEnd));

          const expected = people
            .map((cells, index) => ({ row: index + 1, cells: cells.map((text) => text.trim()) }))
            .filter(({ cells }) => cells.some((text) => text !== ''));
          expect(
            rows.map((row) =>
              'cells' in row
                ? {
                    row: row.row,
                    cells: [row.cells.first_name ?? '', row.cells.last_name ?? '', row.cells.address ?? ''],
                  }
                : row,
            ),
          ).toEqual(expected);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('never fails otherwise than with words for a person', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 300 }), async (text) => {
        const outcome = await rowsOf(`first_name,age\n${text}`).catch((error: unknown) => error);
        expect(Array.isArray(outcome) || (outcome instanceof Error && outcome.name === 'DomainError')).toBe(true);
      }),
    );
  });
});

describe('a phone number', () => {
  it.each([
    ['0917 123 4567', 'PH', '+639171234567'],
    ['(0917) 123-4567', 'PH', '+639171234567'],
    ['9171234567', 'PH', '+639171234567'],
    ['0063 917 123 4567', 'IN', '+639171234567'],
    ['+63 917 123 4567', null, '+639171234567'],
    ['0917 123 4567', null, null],
    ['12345', 'PH', null],
    ['by mail', 'PH', null],
  ] as const)('%s in %s is %s', (text, country, number) => {
    expect(readPhone(text, country)).toBe(number);
  });
});

describe('a sex', () => {
  it.each([
    [null, 'UNKNOWN'],
    ['F', 'FEMALE'],
    ['male', 'MALE'],
    ['Other', 'OTHER'],
    ['?', undefined],
  ] as const)('written as %s is %s', (text, sex) => {
    expect(readSex(text)).toBe(sex);
  });
});

describe('two rows', () => {
  const ana = { firstName: 'Ana', lastName: 'Cruz', birthDate: '1990-06-14', phone: null };
  const share = (one: typeof ana, other: Parameters<typeof identityKeys>[0]) =>
    identityKeys(one).some((key) => identityKeys(other).includes(key));

  it('are of one person with the same name, either way round, and the same birth date or phone', () => {
    expect(share(ana, { ...ana, firstName: 'CRUZ', lastName: 'Ána' })).toBe(true);
    expect(share(ana, { ...ana, phone: '+639171234567' })).toBe(true);
    expect(share(ana, { ...ana, birthDate: '1990-06-15' })).toBe(false);
    expect(share(ana, { ...ana, birthDate: null })).toBe(false);
    expect(share(ana, { ...ana, firstName: 'Anna' })).toBe(false);
  });
});
