import { defineIdKind } from '../../platform/ids.ts';

export const waitlistEntryId = defineIdKind('WaitlistEntry', 0xa06);

/** The facts about places on the waitlist. */
export const waitlistFacts = {
  JOINED: 'WAITLIST_JOINED',
  OFFERED: 'WAITLIST_OFFER',
  BOOKED: 'WAITLIST_BOOKED',
  BACK: 'WAITLIST_BACK',
  LEFT: 'WAITLIST_LEFT',
} as const;

/** What falls due for the waitlist. */
export const waitlistDue = {
  /** A doctor's time has opened: the database says so by itself, the cause is from when to when. */
  slot: 'waitlist.slot',
  /** An offer's hold runs out. */
  offer: 'waitlist.offer-ends',
  /** The last day of an entry has passed. */
  lastDay: 'waitlist.last-day',
} as const;
