import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { badUserInput } from '../platform/errors.ts';
import { Node } from '../platform/graphql/node.ts';
import { kindOf } from '../platform/ids.ts';
import type { Ctx as Context, Loader } from '../access/ctx.ts';
import { deviceById, doctorById, membershipById, membershipsByUser } from '../features/accounts/index.ts';
import { appointmentById } from '../features/appointments/index.ts';
import { openAttachment } from '../features/attachments/index.ts';
import { auditEntryById } from '../features/audit/index.ts';
import { billById, paymentById, refundById } from '../features/billing/index.ts';
import { clinicById } from '../features/clinics/index.ts';
import { payoutById } from '../features/earnings/index.ts';
import { notificationById } from '../features/notifications/index.ts';
import { openRecord } from '../features/patients/index.ts';
import { openPrescription } from '../features/prescriptions/index.ts';
import { timeOffById } from '../features/schedules/index.ts';
import { serviceById } from '../features/services/index.ts';
import { visitById } from '../features/visits/index.ts';
import { waitlistEntryById } from '../features/waitlist/index.ts';

const nodeLimit = 100;

const by = (loader: Loader<string, object | null>) => (ctx: Context, id: string) => ctx.load(loader, id);

async function userNode(ctx: Context, id: string): Promise<object | null> {
  const [membership] = await ctx.load(membershipsByUser, id);
  return membership === undefined ? null : { id, name: membership.displayName };
}

/** How each kind of id is fetched again. Row-level security answers whose it is: not yours is null. */
const fetchers: Record<string, (ctx: Context, id: string) => Promise<object | null>> = {
  Appointment: by(appointmentById),
  Attachment: openAttachment,
  AuditEntry: by(auditEntryById),
  Bill: by(billById),
  Clinic: by(clinicById),
  Doctor: by(doctorById),
  Membership: by(membershipById),
  Notification: by(notificationById),
  Patient: openRecord,
  Prescription: openPrescription,
  Payment: by(paymentById),
  Payout: by(payoutById),
  Refund: by(refundById),
  Service: by(serviceById),
  Session: by(deviceById),
  TimeOff: by(timeOffById),
  User: userNode,
  Visit: by(visitById),
  WaitlistEntry: by(waitlistEntryById),
};

@Resolver()
export class NodeResolver {
  @Query(() => Node, { nullable: true, description: 'Any object by its id; null when it is not there or not yours.' })
  async node(@Ctx() ctx: Context, @Arg('id', () => ID) id: string): Promise<object | null> {
    const kind = kindOf(id);
    if (kind === null) throw badUserInput('This is not an id.', ['id']);
    return (await fetchers[kind]?.(ctx, id.toLowerCase())) ?? null;
  }

  @Query(() => [Node], { nullable: 'items', description: 'Objects by their ids, in the same order; 100 at most.' })
  nodes(@Ctx() ctx: Context, @Arg('ids', () => [ID]) ids: string[]): Promise<(object | null)[]> {
    if (ids.length > nodeLimit) throw badUserInput(`Ask for at most ${nodeLimit} ids.`, ['ids']);
    return Promise.all(
      ids.map((id, index) => {
        if (kindOf(id) === null) throw badUserInput('This is not an id.', ['ids', String(index)]);
        return this.node(ctx, id);
      }),
    );
  }
}
