const minuteMs = 60_000;

/** How long somebody has to pay on a page. */
export const openMs = 60 * minuteMs;
/** A page that closes sooner is not handed out again: somebody has to find their card. */
const leastMs = 5 * minuteMs;
/** So long the gateway may take to say where its page is; after that nobody knows of it, and nobody can pay there. */
const answerMs = minuteMs;

const firstLookMs = 15_000;
const longestPauseMs = 60 * minuteMs;

interface Page {
  url: string | null;
  amountMinor: number;
  createdAt: Date;
  expiresAt: Date;
}

/** Whether a page that was opened before serves somebody who wants to pay now. */
export function isUsable(page: Page, owedMinor: number, now: Date): boolean {
  if (page.amountMinor !== owedMinor || isLost(page, now)) return false;
  return page.expiresAt.getTime() - now.getTime() >= leastMs;
}

/** Whether the gateway never said where its page is, so that nobody can pay there. */
export const isLost = ({ url, createdAt }: Pick<Page, 'url' | 'createdAt'>, now: Date): boolean =>
  url === null && now.getTime() - createdAt.getTime() >= answerMs;

/** Whether nobody is to pay on a page any more: it is over, or the bill does not owe that amount now. */
export const isOvertaken = (page: Pick<Page, 'amountMinor' | 'expiresAt'>, owedMinor: number, now: Date): boolean =>
  page.amountMinor !== owedMinor || now >= page.expiresAt;

/** When the gateway is asked by itself, for the case that its word never came: soon, then after growing pauses. */
export const nextAsk = (asked: number, now: Date): Date =>
  new Date(now.getTime() + Math.min(longestPauseMs, firstLookMs * 2 ** Math.min(asked, 12)));

/**
 * What of a payment must go back at once: the desk may have taken money, changed the bill or made it void while the
 * patient paid. Minor units.
 */
export const excessOf = (paidMinor: number, owedMinor: number): number => Math.max(0, paidMinor - owedMinor);
