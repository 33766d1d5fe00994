import { MikroORM } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import { Heart } from '../../../migrations/0001-heart.ts';
import { AuditTrail } from '../../../migrations/0006-audit.ts';
import { Idempotency } from '../../../migrations/0005-idempotency.ts';
import { Accounts } from '../../../migrations/0002-accounts.ts';
import { Patients } from '../../../migrations/0003-patients.ts';
import { ClinicSettings } from '../../../migrations/0004-clinic.ts';
import { OwnPatientsAlone } from '../../../migrations/0007-memberships.ts';
import { Operations } from '../../../migrations/0008-operations.ts';
import { Time } from '../../../migrations/0009-time.ts';
import { ClinicClock } from '../../../migrations/0010-clock.ts';
import { Waitlist } from '../../../migrations/0011-waitlist.ts';
import { Billing } from '../../../migrations/0022-billing.ts';
import { Earnings } from '../../../migrations/0023-earnings.ts';
import { Checkouts } from '../../../migrations/0024-checkouts.ts';
import { MergedVisits } from '../../../migrations/0018-merged-visits.ts';
import { Pace } from '../../../migrations/0021-pace.ts';
import { Attachments } from '../../../migrations/0020-attachments.ts';
import { Prescriptions } from '../../../migrations/0019-prescriptions.ts';
import { SandboxesLast } from '../../../migrations/0017-sandboxes-last.ts';
import { Visits } from '../../../migrations/0016-visits.ts';
import { OwnPatients } from '../../../migrations/0012-own-patients.ts';
import { Calendar } from '../../../migrations/0013-calendar.ts';
import { Sandbox } from '../../../migrations/0014-sandbox.ts';
import { NoShowAlerts } from '../../../migrations/0015-no-show-alerts.ts';

const migrations = [
  { name: '0001-heart', class: Heart },
  { name: '0002-accounts', class: Accounts },
  { name: '0003-patients', class: Patients },
  { name: '0004-clinic', class: ClinicSettings },
  { name: '0005-idempotency', class: Idempotency },
  { name: '0006-audit', class: AuditTrail },
  { name: '0007-memberships', class: OwnPatientsAlone },
  { name: '0008-operations', class: Operations },
  { name: '0009-time', class: Time },
  { name: '0010-clock', class: ClinicClock },
  { name: '0011-waitlist', class: Waitlist },
  { name: '0012-own-patients', class: OwnPatients },
  { name: '0013-calendar', class: Calendar },
  { name: '0014-sandbox', class: Sandbox },
  { name: '0015-no-show-alerts', class: NoShowAlerts },
  { name: '0016-visits', class: Visits },
  { name: '0017-sandboxes-last', class: SandboxesLast },
  { name: '0018-merged-visits', class: MergedVisits },
  { name: '0019-prescriptions', class: Prescriptions },
  { name: '0020-attachments', class: Attachments },
  { name: '0021-pace', class: Pace },
  { name: '0022-billing', class: Billing },
  { name: '0023-earnings', class: Earnings },
  { name: '0024-checkouts', class: Checkouts },
];

/** What must have run before this version of the code can do its work. */
export const migrationNames: readonly string[] = migrations.map(({ name }) => name);

/** Brings the tables up to date as the database's owner, each migration in a transaction of its own. */
export async function migrate(ownerUrl: string): Promise<void> {
  const orm = await openAsOwner(ownerUrl);
  try {
    await orm.migrator.up();
    // A process that starts looks whether the tables are what it expects.
    await orm.em.execute('grant select on mikro_orm_migrations to clinigraph_staff');
  } finally {
    await orm.close(true);
  }
}

function openAsOwner(clientUrl: string): Promise<MikroORM> {
  return MikroORM.init({
    clientUrl,
    entities: [],
    extensions: [Migrator],
    discovery: { warnWhenNoEntities: false },
    migrations: { migrationsList: migrations, snapshot: false, silent: true, transactional: true, allOrNothing: false },
    pool: { min: 0, max: 2 },
  });
}
