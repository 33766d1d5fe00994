import { allow, permissions } from '../../access/permissions.ts';
import { SIGNED_IN } from '../../access/roles.ts';

/** Nurses, the front desk for payment, admins and owners read all; doctors and patients what the database says is theirs. */
export const prescriptionReaders = SIGNED_IN;

export const prescriptionPermissions = permissions(
  allow(prescriptionReaders).read('Visit', ['prescriptions']),
  allow(prescriptionReaders).read('Appointment', ['prescriptions']),
  allow(prescriptionReaders).read('Prescription', [
    'id',
    'appointment',
    'visit',
    'doctor',
    'patient',
    'items',
    'instructions',
    'voidedAt',
    'voidReason',
    'overriddenWarnings',
    'pdfUrl',
    'createdAt',
  ]),
  allow(prescriptionReaders).read('PrescriptionItem', [
    'medication',
    'dosage',
    'frequency',
    'durationDays',
    'instructions',
  ]),
  allow(['DOCTOR']).ask('favouriteMedications'),
  allow(['DOCTOR']).read('FavouriteMedication', [
    'medication',
    'dosage',
    'frequency',
    'durationDays',
    'instructions',
    'usedCount',
    'lastUsedAt',
  ]),
  allow(['DOCTOR']).call('createPrescription', 'voidPrescription'),
  allow(['DOCTOR']).read('PrescriptionPayload', ['prescription', 'warnings', 'userErrors']),
);
