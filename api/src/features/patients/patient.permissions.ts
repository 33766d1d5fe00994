import { allow, permissions } from '../../access/permissions.ts';
import { FRONT_DESK, SIGNED_IN, STAFF } from '../../access/roles.ts';

export const patientPermissions = permissions(
  allow(SIGNED_IN).ask('patient'),
  allow(STAFF).ask('patients'),
  allow(STAFF).readList('Patient'),
  allow(SIGNED_IN).read('Viewer', ['patient']),
  allow(SIGNED_IN).read('Patient', [
    'id',
    'recordNumber',
    'firstName',
    'lastName',
    'name',
    'birthDate',
    'age',
    'sex',
    'phone',
    'email',
    'address',
    'notificationPreferences',
    'archived',
    'createdAt',
    'version',
  ]),
  allow(['DOCTOR', 'NURSE', 'PATIENT']).read('Patient', ['allergies']),
  allow(['DOCTOR', 'PATIENT']).read('Patient', ['medicalHistory']),
  allow(SIGNED_IN).read('NotificationPreferences', ['email', 'sms', 'marketing', 'updatedAt']),
  allow(STAFF).call('createPatient'),
  allow(FRONT_DESK).call('invitePatient'),
  allow(STAFF).read('PatientPayload', ['patient', 'possibleDuplicates', 'userErrors']),
  allow(['DOCTOR', 'NURSE']).set('CreatePatientInput', ['allergies']),
  allow(['DOCTOR']).set('CreatePatientInput', ['medicalHistory']),
);
