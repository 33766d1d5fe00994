import { allow, permissions } from '../../access/permissions.ts';
import { MANAGEMENT, SIGNED_IN } from '../../access/roles.ts';

export const servicePermissions = permissions(
  allow(SIGNED_IN).ask('services'),
  allow(SIGNED_IN).read('Service', ['id', 'name', 'durationMinutes', 'price', 'taxPercent', 'archived']),
  allow(SIGNED_IN).read('Money', ['amount', 'currency']),
  allow(SIGNED_IN).read('Doctor', ['services']),
  allow(MANAGEMENT).call('createService'),
  allow(MANAGEMENT).read('ServicePayload', ['service', 'userErrors']),
);
