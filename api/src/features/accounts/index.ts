export {
  DoctorEntity,
  DoctorTermsEntity,
  MembershipEntity,
  RefreshTokenEntity,
  SessionEntity,
  UserAccountEntity,
} from './account.entity.ts';
export { doctorId, membershipId, userId } from './account.ids.ts';
export { Sex } from './account.inputs.ts';
export { accountPermissions } from './account.permissions.ts';
export { addressByUser, membershipById, membershipsByUser } from './account.queries.ts';
export { Doctor, User, Viewer } from './account.type.ts';
export { personName } from './account.domain.ts';
export { doctorById, doctorsOfClinic, type DoctorRow } from './doctor.queries.ts';
export { DoctorResolver } from './doctor.resolver.ts';
export { connectPatientRegistrar, registerClinic, registerPatient, type OwnRecord } from './registration.service.ts';
export { addDoctorProfile, addTeamMember } from './membership.service.ts';
export { SessionResolver } from './session.resolver.ts';
export { viewerOfSession } from './session.service.ts';
export { MembershipResolver, ViewerResolver } from './viewer.resolver.ts';
