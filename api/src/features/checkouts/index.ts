export { CheckoutEntity, GatewayEventEntity } from './checkout.entity.ts';
export { checkoutPermissions } from './checkout.permissions.ts';
export { CheckoutResolver } from './checkout.resolver.ts';
export { checkoutLookDue, keepCheckout } from './checkout.service.ts';
export { lookAtCheckout } from './checkout-look.service.ts';
export { giveBack } from './gateway-refund.service.ts';
export { hearGateway } from './gateway-word.service.ts';
