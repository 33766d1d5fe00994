import { allow, permissions } from '../../access/permissions.ts';
import { FRONT_DESK } from '../../access/roles.ts';

/** Source: domain.md, Waitlist: the patient, and the front desk for them. */
const people = [...FRONT_DESK, 'PATIENT'] as const;

export const waitlistPermissions = permissions(
  allow(people).ask('waitlist'),
  allow(people).read('WaitlistEntry', [
    'id',
    'patient',
    'doctor',
    'service',
    'earliest',
    'latest',
    'status',
    'appointment',
    'offer',
    'offerExpiresAt',
    'createdAt',
  ]),
  allow(people).read('WaitlistPayload', ['entry', 'userErrors']),
  allow(people).call('joinWaitlist', 'leaveWaitlist', 'acceptWaitlistOffer', 'declineWaitlistOffer'),
);
