import type { IncomingHttpHeaders } from 'node:http';
import { Budgets, type Standing } from '../platform/budgets.ts';
import { FairGate } from '../platform/fair-gate.ts';
import { RequestLimits, type GivenOperation, type Weighed } from '../platform/graphql/limits.ts';
import type { Ctx, Runtime } from '../access/ctx.ts';
import type { RegisteredOperations } from './registered-operations.ts';
import type { ServedSchema } from './schema.ts';

/** All people of a clinic together may spend as much as so many of them alone. */
const callersPerClinic = 50;
const rememberedSessions = 10_000;

export interface DoorOptions {
  schema: ServedSchema;
  runtime: Runtime;
  /** Points a minute for each caller. */
  budgetPerMinute: number;
  operations: RegisteredOperations;
}

/** What every request passes on its way in, the same over HTTP and WebSocket: its size, its turn, and its caller's budget. */
export class Doors {
  readonly #limits: RequestLimits;
  readonly #budgets: Budgets;
  readonly #operations: RegisteredOperations;
  readonly #gate = new FairGate();
  readonly #runtime: Runtime;
  readonly #budget: number;
  /** The clinic that a session was in when it last came: whom to queue it with, before anything is read. */
  readonly #clinics = new Map<string, string>();

  constructor({ schema, runtime, budgetPerMinute, operations }: DoorOptions) {
    this.#operations = operations;
    this.#limits = new RequestLimits(schema.plain);
    this.#budgets = new Budgets(runtime.db);
    this.#runtime = runtime;
    this.#budget = budgetPerMinute;
  }

  get operationNames(): ReadonlySet<string> {
    return this.#operations.names;
  }

  /** The operation that a request names or brings; see RegisteredOperations. */
  named<Given extends GivenOperation>(given: Given, headers: IncomingHttpHeaders): Given {
    return this.#operations.resolve(given, headers);
  }

  weigh(operation: GivenOperation): Weighed {
    return this.#limits.weigh(operation);
  }

  /**
   * Waits for a request's turn, behind others of its clinic. Returns how to make room for the next.
   *
   * @throws RequestError SERVICE_UNAVAILABLE when its turn would not come soon
   */
  async enter(bearer: string | null, ipAddress: string | null): Promise<() => void> {
    const sessionId = bearer === null ? null : await this.#runtime.readAccessToken(bearer);
    const clinicId = sessionId === null ? undefined : this.#clinics.get(sessionId);
    return this.#gate.enter(clinicId ?? `from ${ipAddress ?? 'nowhere'}`);
  }

  /** @throws OverBudget when the caller, or the whole clinic, has asked for too much within a minute */
  async spend({ viewer, caller }: Ctx, cost: number): Promise<Standing> {
    if (viewer === null) return this.#budgets.spend(`address ${caller.ipAddress}`, cost, this.#budget);
    this.#remember(viewer.sessionId, viewer.clinicId);
    await this.#budgets.spend(`clinic ${viewer.clinicId}`, cost, this.#budget * callersPerClinic);
    return this.#budgets.spend(`person ${viewer.clinicId} ${viewer.userId}`, cost, this.#budget);
  }

  #remember(sessionId: string, clinicId: string): void {
    const [oldest] = this.#clinics.keys();
    if (this.#clinics.size >= rememberedSessions && oldest !== undefined) this.#clinics.delete(oldest);
    this.#clinics.set(sessionId, clinicId);
  }
}

/** The token of an Authorization header; null for anything else. */
export const bearerOf = (authorization: string | null | undefined): string | null =>
  /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1] ?? null;
