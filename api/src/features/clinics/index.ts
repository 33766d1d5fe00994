export { clinicName, differences, optionalText, percent } from './clinic.domain.ts';
export { ClinicEntity, type RequestPolicyValue } from './clinic.entity.ts';
export {
  clinicById,
  publicClinicBySlug,
  takeRecordNumber,
  timeZoneOf,
  type ClinicRow,
  type PublicClinicRow,
} from './clinic.queries.ts';
export { clinicId, openClinic } from './clinic.service.ts';
export { Clinic, ClinicPayload } from './clinic.type.ts';
export { ClinicResolver } from './clinic.resolver.ts';
export { clinicUpdated, updateClinic } from './clinic-settings.service.ts';
export { clinicPermissions } from './clinic.permissions.ts';
