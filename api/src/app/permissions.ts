import { allow, permissions } from '../access/permissions.ts';
import { MANAGEMENT, SIGNED_IN } from '../access/roles.ts';
import { accountPermissions } from '../features/accounts/index.ts';
import { appointmentPermissions } from '../features/appointments/index.ts';
import { attachmentPermissions } from '../features/attachments/index.ts';
import { auditPermissions } from '../features/audit/index.ts';
import { billingPermissions } from '../features/billing/index.ts';
import { checkoutPermissions } from '../features/checkouts/index.ts';
import { clinicPermissions } from '../features/clinics/index.ts';
import { earningsPermissions } from '../features/earnings/index.ts';
import { notificationPermissions } from '../features/notifications/index.ts';
import { patientPermissions } from '../features/patients/index.ts';
import { prescriptionPermissions } from '../features/prescriptions/index.ts';
import { schedulePermissions } from '../features/schedules/index.ts';
import { servicePermissions } from '../features/services/index.ts';
import { visitPermissions } from '../features/visits/index.ts';
import { waitlistPermissions } from '../features/waitlist/index.ts';

/** Who may touch which field: all features' rules in one. */
export const allPermissions = permissions(
  allow(SIGNED_IN).ask('node', 'nodes'),
  allow('PUBLIC').read('UserError', ['code', 'message', 'field']),
  allow(SIGNED_IN).call('createSandbox'),
  allow(MANAGEMENT).call('advanceClock'),
  auditPermissions,
  clinicPermissions,
  accountPermissions,
  servicePermissions,
  patientPermissions,
  schedulePermissions,
  appointmentPermissions,
  waitlistPermissions,
  visitPermissions,
  attachmentPermissions,
  prescriptionPermissions,
  billingPermissions,
  checkoutPermissions,
  earningsPermissions,
  notificationPermissions,
);
