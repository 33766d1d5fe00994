import { allow, permissions } from '../../access/permissions.ts';
import { FRONT_DESK } from '../../access/roles.ts';

export const checkoutPermissions = permissions(
  allow([...FRONT_DESK, 'PATIENT']).call('createCheckout'),
  allow([...FRONT_DESK, 'PATIENT']).read('CheckoutPayload', ['checkoutUrl', 'userErrors']),
);
