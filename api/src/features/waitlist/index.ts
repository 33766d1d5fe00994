export { hasRunOut, waitlistLifecycle } from './waitlist.domain.ts';
export { WaitlistEntryEntity } from './waitlist.entity.ts';
export { waitlistDue, waitlistEntryId, waitlistFacts } from './waitlist.events.ts';
export { endOffer, endWaiting, lookThroughCalendar, offerOpenedTime } from './waitlist-offering.service.ts';
export { waitlistOfRecords } from './waitlist-merge.service.ts';
export { waitlistPermissions } from './waitlist.permissions.ts';
export { waitlistEntryById } from './waitlist.queries.ts';
export { endOf } from './waitlist.service.ts';
export { WaitlistResolver } from './waitlist.resolver.ts';
