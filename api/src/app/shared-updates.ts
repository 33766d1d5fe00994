import { execute, type DocumentNode, type ExecutionArgs, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { Ctx } from '../access/ctx.ts';
import { fieldsTouchedBy } from '../access/decision.ts';

/**
 * Types whose fields answer all staff of one clinic and one role alike, and whose reading nobody has to be told of. What is
 * not listed here is read for each receiver alone.
 */
const alikeForARole = new Set([
  'Subscription',
  'AppointmentUpdate',
  'QueueUpdate',
  'ScheduleUpdate',
  'BillUpdate',
  'Appointment',
  'Queue',
  'Visit',
  'Bill',
  'BillItem',
  'Payment',
  'Refund',
  'Doctor',
  'Service',
  'Clinic',
  'Money',
]);

/** Who a patient is; what is clinical of them is read by somebody, and that is written down. */
const alikeOfPatients = new Set([
  'id',
  'name',
  'firstName',
  'lastName',
  'recordNumber',
  'age',
  'sex',
  'phone',
  'birthDate',
]);

/** Lists under an appointment or a doctor, and what is clinical of a visit, have readers of their own. */
const personal = new Set([
  'Visit.consultation',
  'Visit.vitals',
  'Payment.doctorShare',
  'Payment.clinicShare',
  'Visit.prescriptions',
  'Appointment.prescriptions',
  'Appointment.notifications',
  'Doctor.appointments',
  'Doctor.sharePercent',
  'Clinic.settings',
]);

/** Long enough for all sockets that hear of one event; short enough that none is told what has changed since. */
const keptMs = 500;

/**
 * One reading of an update for all receivers to whom it says the same: five hundred screens of one front desk cost one
 * query, not five hundred. Each receiver's session has been checked before it comes here.
 */
export class SharedUpdates {
  readonly #schema: GraphQLSchema;
  readonly #running = new Map<string, Promise<ExecutionResult>>();
  readonly #shareable = new WeakMap<DocumentNode, boolean>();
  readonly #documents = new WeakMap<DocumentNode, number>();
  #count = 0;

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  async execute(args: ExecutionArgs, ctx: Ctx, update: unknown): Promise<ExecutionResult> {
    const run = async () => execute({ ...args, rootValue: update });
    const key = this.#keyOf(args, ctx, update);
    if (key === null) return run();
    const running = this.#running.get(key);
    if (running !== undefined) return running;
    const started = run();
    this.#running.set(key, started);
    setTimeout(() => this.#running.delete(key), keptMs).unref();
    return started;
  }

  /** Null for what is read for one receiver alone: doctors and patients see their own rows. */
  #keyOf({ document, operationName, variableValues }: ExecutionArgs, { viewer }: Ctx, update: unknown): string | null {
    const cursor = typeof update === 'object' && update !== null && 'cursor' in update ? update.cursor : null;
    if (viewer === null || viewer.doctorId !== null || viewer.patientId !== null || cursor === null) return null;
    if (!this.#isShareable(document)) return null;
    const { after: _where, ...variables } = variableValues ?? {};
    const { clinicId, role, timeZone, locale } = viewer;
    return JSON.stringify([
      this.#numberOf(document),
      operationName,
      variables,
      clinicId,
      role,
      timeZone,
      locale,
      cursor,
    ]);
  }

  #isShareable(document: DocumentNode): boolean {
    const known = this.#shareable.get(document);
    if (known !== undefined) return known;
    const isShareable = [...fieldsTouchedBy(this.#schema, document)].every((path) => {
      const [type = '', field = ''] = path.split('.');
      return type === 'Patient' ? alikeOfPatients.has(field) : alikeForARole.has(type) && !personal.has(path);
    });
    this.#shareable.set(document, isShareable);
    return isShareable;
  }

  #numberOf(document: DocumentNode): number {
    const number = this.#documents.get(document) ?? (this.#count += 1);
    this.#documents.set(document, number);
    return number;
  }
}
