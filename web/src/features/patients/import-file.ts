/** The columns of an import, as its template names them. */
export const importTemplate =
  'first_name,last_name,birth_date,age,sex,phone,email,address\r\nMaria,Santos,1990-06-14,,F,0917 123 4567,maria@example.org,"12 Rizal St, Cebu"\r\n';

/** The server takes files up to this size; written as JSON a file is a little larger. */
export const largestFileBytes = 9_000_000;

export interface RefusedRow {
  readonly row: number;
  readonly message: string;
}

/** Refused rows as a CSV file, to be put right beside the original. */
export function refusedRowsCsv(rows: readonly RefusedRow[]): string {
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  return ['row,reason', ...rows.map(({ row, message }) => `${row},${cell(message)}`), ''].join('\r\n');
}

/** Hands a text to the person as a file, with the mark by which spreadsheets know UTF-8. */
export function downloadText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** How many rows a file seems to have, its header left out. */
export const countRows = (csv: string): number => Math.max(0, csv.trim().split(/\r\n|\n|\r/).length - 1);
