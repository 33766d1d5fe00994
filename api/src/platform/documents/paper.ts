export const papers = ['a4', 'a5', 'roll'] as const;
export type Paper = (typeof papers)[number];

const pointsPerMillimetre = 72 / 25.4;

/** Millimetres as the points that a page is measured in. */
export const millimetres = (count: number): number => count * pointsPerMillimetre;

interface Page {
  pageSize: string | { width: number; height: number | 'auto' };
  /** Left, top, right, bottom. */
  pageMargins: [number, number, number, number];
  defaultStyle: { font: string; fontSize: number; lineHeight: number };
}

/**
 * How a page is set up: sheets with room for a foot, and the 80 mm roll of a receipt printer, as long as what is on it.
 * Of a roll 72 mm can be printed on.
 */
export function pageOf(paper: Paper, font: string): Page {
  const side = millimetres(paper === 'a4' ? 18 : 12);
  if (paper === 'roll') {
    const edge = millimetres(4);
    return {
      pageSize: { width: millimetres(80), height: 'auto' },
      pageMargins: [edge, edge, edge, edge],
      defaultStyle: { font, fontSize: 8.5, lineHeight: 1.15 },
    };
  }
  return {
    pageSize: paper.toUpperCase(),
    pageMargins: [side, side, side, side + millimetres(6)],
    defaultStyle: { font, fontSize: paper === 'a4' ? 10 : 8.5, lineHeight: 1.2 },
  };
}

/** The paper that was asked for, in whatever case; the first of those offered when it is none of them. */
export function paperAsked(asked: unknown, offered: readonly [Paper, ...Paper[]]): Paper {
  const wanted = typeof asked === 'string' ? asked.toLowerCase() : '';
  return offered.find((paper) => paper === wanted) ?? offered[0];
}
