export { payoutById } from './earnings.queries.ts';
export { earningsDocument } from './earnings-document.ts';
export { earningsPermissions } from './earnings.permissions.ts';
export { EarningsDayResolver, EarningsResolver, PayoutResolver } from './earnings.resolver.ts';
export { PayoutEntity } from './payout.entity.ts';
export { payoutId } from './payout.service.ts';
