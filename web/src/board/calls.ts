import type { WaitingBoardNowQuery } from '../gql/graphql.ts';

export type Board = NonNullable<WaitingBoardNowQuery['waitingBoard']>;
export type BoardEntry = Board['entries'][number];

/** A number that is called, and since when this screen shows it, milliseconds. */
export interface Call {
  readonly queueNumber: number;
  readonly doctorName: string;
  readonly since: number;
}

/** A call draws the eye for so long. */
export const freshMs = 25_000;

/**
 * Who is called now, the latest first. A number keeps its time for as long as it is called; one that went back and is called
 * again is new. What was called before this screen was opened is nobody's news.
 */
export function callsAfter(
  known: readonly Call[] | null,
  entries: readonly BoardEntry[],
  now: number,
): readonly Call[] {
  return entries
    .filter(({ status }) => status === 'CALLED')
    .map(({ queueNumber, doctorName }) => {
      const before = known?.find((call) => call.queueNumber === queueNumber);
      return { queueNumber, doctorName, since: before?.since ?? (known === null ? now - freshMs : now) };
    })
    .toSorted((one, other) => other.since - one.since || other.queueNumber - one.queueNumber);
}

export const isFresh = ({ since }: Call, now: number): boolean => now - since < freshMs;

/** Whether somebody is called who was not before. */
export const hasNews = (known: readonly Call[] | null, calls: readonly Call[]): boolean =>
  known !== null && calls.some(({ queueNumber }) => !known.some((call) => call.queueNumber === queueNumber));
