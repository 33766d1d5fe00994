export {
  CareEntity,
  ImportProgressEntity,
  PatientClinicalEntity,
  PatientEntity,
  PatientImportEntity,
} from './patient.entity.ts';
export { connectPatientBelongings, type PatientBelongings, type RecordPair } from './patient-belongings.ts';
export { invitationsOfRecords } from './patient-invitation.service.ts';
export { assertRecordOpen } from './patient-merge.service.ts';
export { foldName, fullName, recordNumber } from './patient.domain.ts';
export { allergiesOf, patientById, patientIdsFound, type PatientRow } from './patient.queries.ts';
export { openRecord } from './patient-reading.ts';
export { PatientAccessResolver } from './patient-access.resolver.ts';
export { PatientChangeResolver } from './patient-change.resolver.ts';
export { PatientImportResolver } from './patient-import.resolver.ts';
export { PatientResolver, ViewerPatientResolver } from './patient.resolver.ts';
export { linkOwnRecord } from './patient-account.service.ts';
export { PatientAccountResolver } from './patient-account.resolver.ts';
export { createPatient, patientId, registerOwnRecord, takeIntoCare } from './patient.service.ts';
export { recordOpened } from './patient-opening.service.ts';
export { patientPermissions } from './patient.permissions.ts';
export { Patient } from './patient.type.ts';
