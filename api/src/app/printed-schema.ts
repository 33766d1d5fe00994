import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { describePermissions } from '../access/print.ts';
import { allPermissions } from './permissions.ts';

/** The schema as a text, sorted, each field with who may use it: what schema/schema.graphql holds. */
export const printedSchema = (schema: GraphQLSchema): string =>
  `${printSchema(lexicographicSortSchema(describePermissions(schema, allPermissions))).trimEnd()}\n`;
