import { allow, permissions } from '../../access/permissions.ts';
import { MANAGEMENT, SIGNED_IN, STAFF } from '../../access/roles.ts';

export const clinicPermissions = permissions(
  allow(SIGNED_IN).read('Clinic', [
    'id',
    'slug',
    'name',
    'address',
    'phone',
    'timeZone',
    'currency',
    'locale',
    'taxNumber',
    'sandbox',
    'now',
    'createdAt',
  ]),
  allow(STAFF).read('Clinic', ['settings']),
  allow(STAFF).read('ClinicSettings', [
    'reminderLeadHours',
    'closeOutPolicy',
    'noShowAfterMinutes',
    'selfServiceCutoffHours',
    'taxPercent',
    'requestPolicy',
  ]),
  allow(['OWNER']).read('ClinicSettings', ['defaultDoctorSharePercent']),

  allow(MANAGEMENT).call('updateClinic'),
  allow(MANAGEMENT).read('ClinicPayload', ['clinic', 'userErrors']),
  allow(['OWNER']).set('UpdateClinicInput', ['defaultDoctorSharePercent']),
);
