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
export { AuditPeopleResolver } from './audit-people.resolver.ts';
export { DoctorResolver } from './doctor.resolver.ts';
export { AuthPayload } from './account.type.ts';
export { authPayload } from './auth-payload.ts';
export { foundAsOwner } from './founding.service.ts';
export type { SignedIn } from './session.service.ts';
export { DoctorPayload } from './doctor.type.ts';
export { ViewerPayload } from './profile.type.ts';
export { connectPatientRegistrar, registerClinic, registerPatient, type OwnRecord } from './registration.service.ts';
export { addDoctorProfile, addTeamMember } from './membership.service.ts';
export { SessionResolver } from './session.resolver.ts';
export { idleSince, noteActivity, viewerOfSession } from './session.service.ts';
export { MembershipResolver, SessionFieldsResolver, ViewerResolver } from './viewer.resolver.ts';
export { ProfileResolver } from './profile.resolver.ts';
export { TeamResolver } from './team.resolver.ts';
export { sendDueLetters } from './account-mail.service.ts';
export { deviceById, sessionStates } from './account.queries.ts';
export { addInvitation } from './invitation.service.ts';
export { withdrawInvitations } from './invitation.queries.ts';
export { patientInvitation } from './letters.ts';
export { invitationLimit } from './attempt.service.ts';
export {
  AccountMailEntity,
  InvitationEntity,
  PasswordResetEntity,
  RecoveryCodeEntity,
  TwoFactorEntity,
} from './entry.entity.ts';
