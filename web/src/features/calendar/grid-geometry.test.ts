import { describe, expect, it } from 'vitest';
import {
  columnsInView,
  columnWidthOf,
  hourPixels,
  movedStart,
  pointAt,
  resizedLength,
  topOf,
} from './grid-geometry.ts';

const hours = { startMinute: 480, endMinute: 1_140 };
const shape = { columnCount: 20, columnWidth: 160, hours };

describe("the calendar's grid", () => {
  it('gives columns the room there is, and never less than a name needs', () => {
    expect(columnWidthOf(3, 1_200, 160)).toBe(400);
    expect(columnWidthOf(20, 1_200, 160)).toBe(160);
    expect(columnWidthOf(0, 1_200, 160)).toBe(160);
  });

  it('draws the columns in view and one beyond each edge', () => {
    expect(columnsInView(shape, 0, 1_200)).toEqual({ from: 0, to: 9 });
    expect(columnsInView(shape, 1_000, 1_200)).toEqual({ from: 5, to: 15 });
    expect(columnsInView(shape, 2_000, 1_200)).toEqual({ from: 11, to: 20 });
    expect(columnsInView({ ...shape, columnCount: 0 }, 0, 1_200)).toEqual({ from: 0, to: 0 });
  });

  it('knows the minute and the column under a finger', () => {
    expect(topOf(540, hours)).toBe(hourPixels);
    expect(pointAt(shape, 170, hourPixels * 1.5)).toEqual({ columnIndex: 1, minute: 570 });
    expect(pointAt(shape, -5, -5)).toEqual({ columnIndex: 0, minute: 480 });
    expect(pointAt(shape, 9_999, 9_999)).toEqual({ columnIndex: 19, minute: 1_140 });
  });

  it('snaps what is dragged to five minutes, and keeps its whole length on show', () => {
    expect(movedStart(632.4, 30, hours)).toBe(630);
    expect(movedStart(632.6, 30, hours)).toBe(635);
    expect(movedStart(300, 30, hours)).toBe(480);
    expect(movedStart(1_139, 30, hours)).toBe(1_110);
  });

  it('snaps an end that is dragged, between five minutes and eight hours', () => {
    expect(resizedLength(540, 583, hours)).toBe(45);
    expect(resizedLength(540, 500, hours)).toBe(5);
    expect(resizedLength(540, 1_139, hours)).toBe(480);
    expect(resizedLength(1_080, 1_300, hours)).toBe(60);
  });
});
