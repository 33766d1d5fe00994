import { allow, permissions } from '../../access/permissions.ts';
import { MANAGEMENT, SIGNED_IN } from '../../access/roles.ts';

export const servicePermissions = permissions(
  allow(SIGNED_IN).ask('services'),
  allow(SIGNED_IN).read('Service', ['id', 'name', 'durationMinutes', 'price', 'taxPercent', 'archived']),
  allow('PUBLIC').read('Money', ['amount', 'currency']),
  allow(SIGNED_IN).read('Doctor', ['services']),
  allow(MANAGEMENT).call('createService', 'updateService', 'updateDoctor'),
  allow(MANAGEMENT).read('ServicePayload', ['service', 'userErrors']),
  // setSchedule answers with it too.
  allow([...MANAGEMENT, 'DOCTOR']).read('DoctorPayload', ['doctor', 'userErrors']),
  allow(['OWNER']).set('UpdateDoctorInput', ['sharePercent']),

  allow('PUBLIC').ask('publicClinic'),
  allow('PUBLIC').read('PublicClinic', [
    'slug',
    'name',
    'address',
    'phone',
    'timeZone',
    'currency',
    'services',
    'doctors',
  ]),
  allow('PUBLIC').read('PublicService', ['id', 'name', 'durationMinutes', 'price']),
  allow('PUBLIC').read('PublicDoctor', ['id', 'name', 'specialty', 'serviceIds']),
);
