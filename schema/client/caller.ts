/** One operation, as it is printed into `generated/operations.ts`. */
export interface Operation {
  name: string;
  /** The one field of the root that it asks for. */
  field: string;
  /** Whether null is an answer: one object that may not be there. */
  isNullable: boolean;
  text: string;
}

export interface CallOptions {
  /** Of your own making, for a change that must have its effect once even when your program starts anew in between. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

export interface LiveOptions {
  /** Ends it. */
  signal?: AbortSignal;
}

export type Variables = Record<string, unknown>;

/** What runs operations: the functions are written against it. */
export interface Caller {
  query<Answer>(operation: Operation, variables: Variables, options?: CallOptions): Promise<Answer>;
  mutation<Answer>(operation: Operation, variables: Variables, options?: CallOptions): Promise<Answer>;
  follow<Answer>(operation: Operation, variables: Variables, options?: LiveOptions): AsyncGenerator<Answer, void, void>;
}
