import type { Placed } from './placed-appointments.ts';

export type WalkKey = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight';

export const isWalkKey = (key: string): key is WalkKey =>
  key === 'ArrowUp' || key === 'ArrowDown' || key === 'ArrowLeft' || key === 'ArrowRight';

export interface WalkPlace {
  readonly columnIndex: number;
  readonly id: string;
}

function nearest(placed: readonly Placed[], minute: number): Placed | undefined {
  return [...placed].sort(
    (left, right) => Math.abs(left.startMinute - minute) - Math.abs(right.startMinute - minute),
  )[0];
}

/** The first appointment of the first column that has one, at or after a minute where there is one. */
export function firstPlace(columns: readonly (readonly Placed[])[], fromMinute: number): WalkPlace | null {
  for (const [columnIndex, placed] of columns.entries()) {
    const next = placed.find(({ startMinute }) => startMinute >= fromMinute) ?? placed[0];
    if (next) return { columnIndex, id: next.row.id };
  }
  return null;
}

/**
 * Where an arrow leads: up and down within a column in the order of time, across to the appointment nearest in time of
 * the next column that has one. Null at an edge.
 */
export function walk(columns: readonly (readonly Placed[])[], from: WalkPlace, key: WalkKey): WalkPlace | null {
  const own = columns[from.columnIndex] ?? [];
  const index = own.findIndex(({ row }) => row.id === from.id);
  const current = own[index];
  if (!current) return null;
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const next = own[index + (key === 'ArrowUp' ? -1 : 1)];
    return next ? { columnIndex: from.columnIndex, id: next.row.id } : null;
  }
  const step = key === 'ArrowLeft' ? -1 : 1;
  for (let column = from.columnIndex + step; column >= 0 && column < columns.length; column += step) {
    const found = nearest(columns[column] ?? [], current.startMinute);
    if (found) return { columnIndex: column, id: found.row.id };
  }
  return null;
}
