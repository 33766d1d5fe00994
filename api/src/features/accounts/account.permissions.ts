import { allow, permissions } from '../../access/permissions.ts';
import { SIGNED_IN } from '../../access/roles.ts';

export const accountPermissions = permissions(
  allow('PUBLIC').call('registerClinic', 'registerPatient', 'signIn', 'refreshSession', 'signOut'),
  allow('PUBLIC').read('AuthPayload', [
    'accessToken',
    'accessTokenExpiresAt',
    'refreshToken',
    'viewer',
    'totpRequired',
    'userErrors',
  ]),
  allow('PUBLIC').ask('viewer'),
  allow(SIGNED_IN).read('Viewer', ['user', 'email', 'phone', 'locale', 'clinic', 'role', 'doctor', 'memberships']),
  allow(SIGNED_IN).read('User', ['id', 'name']),
  allow(SIGNED_IN).read('Membership', [
    'id',
    'user',
    'email',
    'doctor',
    'clinicId',
    'clinicName',
    'role',
    'active',
    'acceptedAt',
    'createdAt',
  ]),
  allow(SIGNED_IN).ask('doctors', 'doctor'),
  allow(SIGNED_IN).read('Doctor', ['id', 'name', 'specialty', 'licenceNumber', 'active']),
  allow(['OWNER', 'DOCTOR']).read('Doctor', ['sharePercent']),
);
