export { CareEntity, PatientClinicalEntity, PatientEntity } from './patient.entity.ts';
export { fullName } from './patient.domain.ts';
export { patientById, type PatientRow } from './patient.queries.ts';
export { PatientResolver, ViewerPatientResolver } from './patient.resolver.ts';
export { linkOwnRecord } from './patient-account.service.ts';
export { PatientAccountResolver } from './patient-account.resolver.ts';
export { createPatient, patientId, registerOwnRecord, takeIntoCare } from './patient.service.ts';
export { patientPermissions } from './patient.permissions.ts';
export { Patient } from './patient.type.ts';
