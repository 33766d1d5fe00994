const auth = `{ accessToken totpRequired viewer { role user { id name } clinic { id name } doctor { id } patient { id } } userErrors { code message field } }`;
const member = `{ membership { id role active acceptedAt email user { id name } doctor { id name specialty active } } userErrors { code message field } }`;

/** Operations on accounts and the team, each with everything a test may want to look at. */
export const accountOperations = {
  signIn: `mutation ($input: SignInInput!) { answer: signIn(input: $input) ${auth} }`,
  invite: `mutation ($input: InviteStaffInput!) { answer: inviteStaff(input: $input) ${member} }`,
  invitePatient: `mutation ($id: ID!, $email: EmailAddress) {
    answer: invitePatient(patientId: $id, email: $email) { patient { id email } userErrors { code message field } } }`,
  accept: `mutation ($input: AcceptInvitationInput!) { answer: acceptInvitation(input: $input) ${auth} }`,
  invitation: `query ($token: String!) { answer: invitation(token: $token) { clinicName role name email invitedBy hasAccount } }`,
  update: `mutation ($input: UpdateMembershipInput!) { answer: updateMembership(input: $input) ${member} }`,
  staff: `{ answer: staff { id role active acceptedAt email user { id name } doctor { id active } } }`,
  switchClinic: `mutation ($id: ID!) { answer: switchClinic(input: { clinicId: $id }) ${auth} }`,
  changePassword: `mutation ($input: ChangePasswordInput!) { answer: changePassword(input: $input) ${auth} }`,
  resetPassword: `mutation ($input: ResetPasswordInput!) { answer: resetPassword(input: $input) ${auth} }`,
  askReset: `mutation ($email: EmailAddress!) { answer: requestPasswordReset(email: $email) }`,
  profile: `mutation ($input: UpdateProfileInput!) {
    answer: updateProfile(input: $input) { viewer { user { name } phone locale doctor { name } } userErrors { code message field } } }`,
  enrol: `mutation { answer: enrolTotp { secret uri recoveryCodes } }`,
  confirm: `mutation ($code: String!) { answer: confirmTotp(code: $code) { viewer { totpEnabled } userErrors { code field } } }`,
  disable: `mutation ($code: String!) { answer: disableTotp(code: $code) { viewer { totpEnabled } userErrors { code field } } }`,
  sessions: `{ answer: viewer { sessions { id current userAgent ipAddress } } }`,
  revoke: `mutation ($id: ID!) { answer: revokeSession(id: $id) }`,
  whoAmI: `{ answer: viewer { role user { id } clinic { id } } }`,
};
