import {
  type BinaryOperationNode,
  CamelCasePlugin,
  DummyDriver,
  Kysely,
  OperatorNode,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  PrimitiveValueListNode,
  type CompiledQuery,
  type Dialect,
  type RawBuilder,
} from 'kysely';
import type { EntitySchemaWithMeta, InferKyselyDB } from '@mikro-orm/postgresql';

export { sql } from 'kysely';

/** A query that can be turned into SQL and parameters: what queries.ts files build and a reader runs. */
export interface Query<Row> {
  compile(): CompiledQuery<Row>;
}

/** A condition in SQL that fits into a query's where. */
export type Condition = RawBuilder<boolean>;

type Tables<Entities extends EntitySchemaWithMeta> = InferKyselyDB<Entities, { columnNamingStrategy: 'property' }>;

/** Columns are snake_case in the database and camelCase in the code; what is inside a JSON column stays as it is. */
export const camelCase = new CamelCasePlugin({ maintainNestedObjectKeys: true });

/**
 * Writes `x in (1, 2, 3)` as `x = any(array)`: the text is the same for any number of values, so that PostgreSQL keeps one
 * plan for it, not one for each length; and none at all is no error.
 */
class OneParameterForMany extends PostgresQueryCompiler {
  protected override visitBinaryOperation(node: BinaryOperationNode): void {
    const { leftOperand, operator, rightOperand } = node;
    const isIn = OperatorNode.is(operator) && operator.operator === 'in';
    if (!isIn || !PrimitiveValueListNode.is(rightOperand)) return super.visitBinaryOperation(node);
    this.visitNode(leftOperand);
    this.append(' = any(');
    this.appendValue(rightOperand.values);
    this.append(')');
  }
}

const compileOnly: Dialect = {
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new OneParameterForMany(),
};

/**
 * Returns a query builder that knows the tables of these entities and runs nothing: columns are the entities' property
 * names. A reader or a transaction executes what it builds, in the caller's tenant.
 */
export function queryBuilder<Entities extends EntitySchemaWithMeta>(): Kysely<Tables<Entities>> {
  return new Kysely<Tables<Entities>>({ dialect: compileOnly, plugins: [camelCase] });
}
