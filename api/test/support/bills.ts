import type { TestClinic, TestMember } from './clinic.ts';
import type { Json } from './client.ts';
import { query } from './database.ts';
import { aVisit, step, visitOperations } from './visits.ts';

const money = '{ amount currency }';
const bill = `{ id number status version notes voidReason allowedActions subtotal ${money} discount ${money} tax ${money} total ${money}
  paid ${money} refunded ${money} balance ${money} items { description quantity taxPercent unitPrice ${money} tax ${money} total ${money} } }`;
const payload = `{ bill ${bill} userErrors { code message field } }`;
const payment = `{ payment { id status method amount ${money} refunds { id status reason amount ${money} } } bill ${bill}
  userErrors { code message field } }`;

export const billOperations = {
  create: `mutation ($input: CreateBillInput!) { answer: createBill(input: $input) ${payload} }`,
  update: `mutation ($input: UpdateBillInput!) { answer: updateBill(input: $input) ${payload} }`,
  void: `mutation ($id: ID!, $reason: String!) { answer: voidBill(id: $id, reason: $reason) ${payload} }`,
  pay: `mutation ($input: RecordPaymentInput!) { answer: recordPayment(input: $input) ${payment} }`,
  refund: `mutation ($input: RefundPaymentInput!) { answer: refundPayment(input: $input) ${payment} }`,
  read: `query ($id: ID!) { bill(id: $id) ${bill} }`,
  list: `query ($filter: BillFilter) { bills(filter: $filter) { totalCount nodes ${bill} } }`,
  treat: `mutation ($id: ID!) { answer: markTreated(input: { appointmentId: $id }) { appointment { id status } userErrors { code message } } }`,
};

/** The appointment of a visit that a doctor has just completed; its id. */
export async function aSeenPatient(
  clinic: TestClinic,
  doctor: TestMember,
  patientId?: string,
  followUpOn?: string,
): Promise<string> {
  const visitId = await aVisit(clinic, { client: clinic.owner }, { doctorId: doctor.doctorId, patientId });
  await step(doctor, visitOperations.start, { id: visitId });
  const { visit } = await step(doctor, visitOperations.complete, { input: { visitId, followUpOn } });
  return visit.appointment.id;
}

/** A bill of one amount, or of lines. */
export async function aBill(
  who: Pick<TestMember, 'client'>,
  appointmentId: string,
  of: { amount?: string; items?: Json[]; discount?: string; notes?: string } = { amount: '1000' },
): Promise<Json> {
  const answer = await step(who, billOperations.create, { input: { appointmentId, ...of } });
  if (answer.bill === null || answer.userErrors.length > 0) throw new Error(JSON.stringify(answer.userErrors));
  return answer.bill;
}

/** A bill that was paid in two parts, one of which went back in part. */
export async function aLivelyBill(clinic: TestClinic, appointmentId: string, mark = 'x'): Promise<Json> {
  const desk = { client: clinic.owner };
  const { id: billId } = await aBill(desk, appointmentId, {
    items: [{ description: `${mark} line`, unitPrice: '900', serviceId: clinic.serviceId }],
    notes: `${mark} notes`,
  });
  const { payment: paid } = await step(desk, billOperations.pay, {
    input: { billId, method: 'CASH', amount: '300', reference: `${mark} slip` },
  });
  const { bill: settled, payment: rest } = await step(desk, billOperations.pay, { input: { billId, method: 'CARD' } });
  // Of both: at one instant neither payment is surely the first.
  for (const paymentId of [paid.id, rest.id])
    await step(desk, billOperations.refund, { input: { paymentId, amount: '100', reason: `${mark} reason` } });
  return settled;
}

/** Doctors get half of what comes in from now on. */
export const shareHalf = (adminUrl: string, clinicId: string): Promise<unknown> =>
  query(adminUrl, 'update clinic set default_doctor_share_percent = 50 where id = $1', [clinicId]);

/** A cent was handed to a doctor; the payout's id. */
export async function payOut(adminUrl: string, doctorId: string, mark: string): Promise<string> {
  const [row] = await query<{ id: string }>(
    adminUrl,
    `insert into payout select regexp_replace(gen_random_uuid()::text, '^(.{14}).{4}', '\\18a0d')::uuid, clinic_id, id, 1, $2, null,
       '2030-03-04T00:30:00Z' from doctor where id = $1 returning id`,
    [doctorId, mark],
  );
  return row?.id ?? '';
}

/** Makes bills, and what hangs off them, that are a caller's own in whatever state a call needs. */
export class OwnBills {
  readonly #adminUrl: string;
  readonly #place: { clinic: TestClinic; doctor: TestMember };
  readonly #visits: { completed(): Promise<string> };

  constructor(
    adminUrl: string,
    place: { clinic: TestClinic; doctor: TestMember },
    visits: { completed(): Promise<string> },
  ) {
    this.#adminUrl = adminUrl;
    this.#place = place;
    this.#visits = visits;
  }

  /** An appointment that nobody has billed. */
  async seen(): Promise<string> {
    const [row] = await query<{ id: string }>(this.#adminUrl, 'select appointment_id as id from visit where id = $1', [
      await this.#visits.completed(),
    ]);
    return row?.id ?? '';
  }

  async unpaid(): Promise<string> {
    return (await aBill({ client: this.#place.clinic.owner }, await this.seen())).id;
  }

  async payment(): Promise<string> {
    const { payment: made } = await step({ client: this.#place.clinic.owner }, billOperations.pay, {
      input: { billId: await this.unpaid(), method: 'CASH' },
    });
    return made.id;
  }

  async refund(): Promise<string> {
    const { payment: made } = await step({ client: this.#place.clinic.owner }, billOperations.refund, {
      input: { paymentId: await this.payment(), reason: 'x' },
    });
    return made.refunds[0].id;
  }

  payout(): Promise<string> {
    return payOut(this.#adminUrl, this.#place.doctor.doctorId, 'own');
  }
}
