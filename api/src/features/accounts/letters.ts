import type { Role } from '../../access/roles.ts';

/** What the letters call a role. */
const roleWords: Record<Role, string> = {
  OWNER: 'an owner',
  ADMIN: 'an administrator',
  DOCTOR: 'a doctor',
  NURSE: 'a nurse',
  RECEPTIONIST: 'front-desk staff',
  PATIENT: 'a patient',
};

interface Words {
  subject: string;
  body: string;
}

/** To somebody who is to join a clinic's team. */
export const teamInvitation = (clinicName: string, invitedBy: string, role: Role): Words => ({
  subject: `${invitedBy} invites you to ${clinicName}`,
  body:
    `${invitedBy} invites you to work at ${clinicName} as ${roleWords[role]}.\n\n` +
    'Open this link within seven days to accept:\n{link}\n\n' +
    'It works once. If you did not expect it, do nothing.',
});

/** To a patient whose record is at the clinic already. */
export const patientInvitation = (clinicName: string): Words => ({
  subject: `Your account at ${clinicName}`,
  body:
    `${clinicName} has opened an account for you: ask for appointments, and read answers and reminders in one place.\n\n` +
    'Open this link within seven days to choose a password:\n{link}\n\n' +
    'It works once. If you are not a patient there, do nothing.',
});

/** To somebody who forgot their password. */
export const passwordResetLetter: Words = {
  subject: 'A new password for Clinigraph',
  body:
    'Somebody, most likely you, asked for a new password for this address.\n\n' +
    'Open this link within an hour to choose one:\n{link}\n\n' +
    'It works once, and signs out every device. If it was not you, do nothing: your password stays as it is.',
};
