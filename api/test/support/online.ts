import { runDue } from '../../src/app/due-running.service.ts';
import { aBill, aSeenPatient } from './bills.ts';
import { aClinic, type TestClinic, type TestMember } from './clinic.ts';
import type { Json } from './client.ts';
import { query } from './database.ts';
import { startGateway, type TestGateway } from './gateway.ts';
import { startTestServer, type TestServerHandle } from './server.ts';
import { step } from './visits.ts';

export const checkout =
  'mutation ($id: ID!) { answer: createCheckout(billId: $id) { checkoutUrl userErrors { code message } } }';
const shown = `query ($id: ID!) { bill(id: $id) { status allowedActions paid { amount } refunded { amount } balance { amount }
  payments { id method status reference amount { amount } refunds { status reason amount { amount } } } } }`;

/** A clinic whose patients pay at a gateway on this machine. */
export interface OnlineClinic {
  server: TestServerHandle;
  gateway: TestGateway;
  clinic: TestClinic;
  owner: Pick<TestMember, 'client'>;
  doctor: TestMember;
  desk: TestMember;
  patient: TestMember;
  /** The patient's bill. */
  bill(amount?: string): Promise<string>;
  /** The patient's bill, and the page on which they are about to pay it. */
  page(amount?: string): Promise<{ billId: string; session: Json }>;
  open(who: Pick<TestMember, 'client'>, billId: string): Promise<Json>;
  /** A bill; its payments by method, for made at one instant they have no order. */
  read(billId: string): Promise<Json>;
  states(billId: string): Promise<string[]>;
  tell(event: Json): Promise<number>;
  /** Time passes, and what is due runs. */
  later(seconds?: number): Promise<void>;
  /** What people were told of a bill. */
  told(billId: string, type: string): Promise<Json[]>;
  admin(text: string, values?: unknown[]): Promise<Json[]>;
  stop(): Promise<void>;
}

export async function anOnlineClinic(): Promise<OnlineClinic> {
  const gateway = await startGateway();
  const server = await startTestServer({ payments: gateway.settings });
  gateway.doorAt(server.url.replace('/graphql', '/webhooks/payments'));
  const clinic = await aClinic(server);
  const [doctor, desk, patient] = [
    await clinic.hire('DOCTOR'),
    await clinic.hire('RECEPTIONIST'),
    await clinic.enrol(),
  ];
  const owner = { client: clinic.owner };

  const bill = async (amount = '1000'): Promise<string> =>
    (await aBill(desk, await aSeenPatient(clinic, doctor, patient.patientId), { amount })).id;
  const open = (who: Pick<TestMember, 'client'>, id: string) => step(who, checkout, { id });
  const admin = (text: string, values: unknown[] = []) => query<Json>(server.database.adminUrl, text, values);
  async function read(id: string): Promise<Json> {
    const { bill: found } = await clinic.owner.ask(shown, { id });
    const payments = found.payments.toSorted((one: Json, other: Json) => (one.method < other.method ? 1 : -1));
    return { ...found, payments };
  }
  return {
    server,
    gateway,
    clinic,
    owner,
    doctor,
    desk,
    patient,
    bill,
    open,
    read,
    admin,
    async page(amount) {
      const billId = await bill(amount);
      const { checkoutUrl } = await open(patient, billId);
      return { billId, session: gateway.sessionAt(checkoutUrl) };
    },
    states: async (id) => (await read(id)).payments.map(({ status }: Json) => status),
    tell: (event) => gateway.tell(event, { at: server.clock.now() }),
    async later(seconds = 20) {
      server.clock.advance(seconds * 1_000);
      await runDue(server.runtime, { clinicId: clinic.id, clockOffsetMs: 0 });
    },
    told: (billId, type) =>
      admin(
        `select n.title, n.recipient_name as name from notification n join bill b on b.appointment_id = n.appointment_id
         where b.id = $1 and n.type = $2 order by 1, 2`,
        [billId, type],
      ),
    async stop() {
      await server.stop();
      await gateway.stop();
    },
  };
}
