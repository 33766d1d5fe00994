import {
  getOperationAST,
  GraphQLError,
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type SelectionNode,
} from 'graphql';
import type { AuditNote } from '../../platform/db/transaction.ts';
import { RequestError } from '../../platform/errors.ts';
import { kindOf } from '../../platform/ids.ts';

/** One operation as a caller sent it, with what came of it. */
export interface AnsweredOperation {
  document: DocumentNode;
  operationName?: string | null | undefined;
  variables?: Readonly<Record<string, unknown>> | null | undefined;
  errors?: readonly GraphQLError[] | undefined;
}

const mostFields = 20;

/**
 * The audit trail's line about an operation that was refused: a role that may not, or a mutation of what is not the
 * caller's or not there. One line an operation, however many fields were refused; response paths and no values.
 *
 * @returns null when nothing was refused. A rule that said no (userErrors) is no refusal
 */
export function refusalNote({ document, operationName, variables, errors }: AnsweredOperation): AuditNote | null {
  const operation = getOperationAST(document, operationName);
  if (operation == null || errors === undefined) return null;
  const isRefusal = (error: GraphQLError) => {
    const code = codeOf(error);
    return code === 'FORBIDDEN' || (code === 'NOT_FOUND' && operation.operation === 'mutation');
  };
  const refused = errors.filter(isRefusal);
  const [first] = refused;
  if (first === undefined) return null;
  const roots = fieldsOf(document, operation.selectionSet.selections);
  const key = first.path?.[0];
  const root = roots.find((field) => (field.alias ?? field.name).value === key) ?? roots[0];
  const paths = [...new Set(refused.map((error) => pathText(error)).filter((path) => path !== ''))];
  return {
    action: `${root?.name.value ?? operation.operation}.refuse`,
    subjectId: root === undefined ? null : idAskedFor(root, variables ?? {}),
    changes: { code: codeOf(first), operation: operation.operation, fields: paths.slice(0, mostFields) },
  };
}

function codeOf(error: GraphQLError): string {
  const { originalError } = error;
  if (originalError instanceof RequestError) return originalError.code;
  if (originalError instanceof GraphQLError) return codeOf(originalError);
  return String(error.extensions['code'] ?? '');
}

/** Names alone: which of a list's rows it was says nothing. */
const pathText = ({ path = [] }: GraphQLError): string => path.filter((step) => typeof step === 'string').join('.');

/** The fields of a selection, through the fragments it spreads. Validation has seen to it that these end. */
function fieldsOf(document: DocumentNode, selections: readonly SelectionNode[]): FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf(document, selection.selectionSet.selections);
    const fragment = document.definitions.find(
      (each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === selection.name.value,
    );
    return fragment?.kind === Kind.FRAGMENT_DEFINITION ? fieldsOf(document, fragment.selectionSet.selections) : [];
  });
}

/** The first id among the arguments: `id`, `visitId`, or the same inside an input. */
function idAskedFor(field: FieldNode, variables: Readonly<Record<string, unknown>>): string | null {
  const given = Object.fromEntries(
    (field.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value, { ...variables })]),
  );
  return (
    firstId(given) ??
    Object.values(given)
      .map(firstId)
      .find((id) => id !== null) ??
    null
  );
}

function firstId(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, inner] of Object.entries(value)) {
    if (/^id$|Id$/.test(name) && typeof inner === 'string' && kindOf(inner) !== null) return inner.toLowerCase();
  }
  return null;
}
