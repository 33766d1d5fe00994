import {
  getNamedType,
  isAbstractType,
  isInputObjectType,
  isObjectType,
  Kind,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { passes, type PermissionFragment } from './permissions.ts';
import type { Role } from './roles.ts';

type Variables = Readonly<Record<string, unknown>>;

/** What an operation touches: fields that have a rule, and the variables that decide whether it does. */
interface Touched {
  fields: ReadonlySet<string>;
  inputs: ReadonlySet<string>;
}

/** For one document: as many roles as there are, times the ways in which its parts are switched on and off. */
const keptAnswers = 100;

/**
 * Decides once for an operation and a set of roles whether any rule refuses any of it. Rules look at the role alone, so
 * the answer is the same for every row: where nothing is refused, nothing has to be asked field by field.
 *
 * An operation that changes who the caller is, or that holds several mutations, is never decided beforehand: what holds
 * for its beginning need not hold for its end.
 */
export class Decisions {
  readonly #schema: GraphQLSchema;
  readonly #rules: PermissionFragment;
  readonly #known = new WeakMap<DocumentNode, Map<string, boolean>>();

  constructor(schema: GraphQLSchema, rules: PermissionFragment) {
    this.#schema = schema;
    this.#rules = rules;
  }

  /** Whether callers in these roles may touch every field that the operation selects and set every input it could set. */
  allowsAll(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    roles: readonly Role[],
    variables: Variables,
  ): boolean {
    const known = this.#known.get(document) ?? new Map<string, boolean>();
    this.#known.set(document, known);
    const key = JSON.stringify([operation.name?.value, roles, switchesOf(document).map((name) => variables[name])]);
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= keptAnswers) known.clear();
    const decided = this.#decide(document, operation, roles, variables);
    known.set(key, decided);
    return decided;
  }

  #decide(document: DocumentNode, operation: OperationDefinitionNode, roles: readonly Role[], variables: Variables) {
    const root = this.#schema.getRootType(operation.operation);
    if (root == null) return false;
    if (operation.operation === 'mutation' && !this.#keepsTheCaller(operation)) return false;
    const { fields, inputs } = new Walk(this.#schema, document, variables).touched(operation.selectionSet, root);
    const mayRead = [...fields].every((path) => passes(this.#rules.fields[path] ?? [], roles));
    const maySet = [...inputs].every((path) => {
      const rule = this.#rules.inputs[path];
      return rule === undefined || passes(rule, roles);
    });
    return mayRead && maySet;
  }

  #keepsTheCaller({ selectionSet }: OperationDefinitionNode): boolean {
    const [only, ...others] = selectionSet.selections.filter(
      (each) => each.kind !== Kind.FIELD || each.name.value !== '__typename',
    );
    if (only?.kind !== Kind.FIELD || others.length > 0) return false;
    const payload = this.#schema.getMutationType()?.getFields()[only.name.value];
    const type = payload === undefined ? null : getNamedType(payload.type);
    if (!isObjectType(type)) return false;
    return !Object.values(type.getFields()).some((field) => getNamedType(field.type).name === 'Viewer');
  }
}

/** Every field that any operation of a document could touch, whatever its variables say: "Type.field". */
export function fieldsTouchedBy(schema: GraphQLSchema, document: DocumentNode): ReadonlySet<string> {
  const all = new Set<string>();
  for (const definition of document.definitions) {
    const root = definition.kind === Kind.OPERATION_DEFINITION ? schema.getRootType(definition.operation) : null;
    if (definition.kind !== Kind.OPERATION_DEFINITION || root == null) continue;
    for (const path of new Walk(schema, document, {}).touched(definition.selectionSet, root).fields) all.add(path);
  }
  return all;
}

/** The variables that switch parts of a document on and off. */
const switches = new WeakMap<DocumentNode, string[]>();

function switchesOf(document: DocumentNode): string[] {
  const known = switches.get(document);
  if (known !== undefined) return known;
  const names = new Set<string>();
  const walk = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      for (const { arguments: given = [] } of selection.directives ?? [])
        for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
      if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet !== undefined) walk(selection.selectionSet);
    }
  };
  for (const definition of document.definitions) if ('selectionSet' in definition) walk(definition.selectionSet);
  const found = [...names].sort();
  switches.set(document, found);
  return found;
}

class Walk {
  readonly #schema: GraphQLSchema;
  readonly #variables: Variables;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #walked = new Set<string>();
  readonly #fields = new Set<string>();
  readonly #inputs = new Set<string>();

  constructor(schema: GraphQLSchema, document: DocumentNode, variables: Variables) {
    this.#schema = schema;
    this.#variables = variables;
    for (const definition of document.definitions)
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
  }

  touched(selectionSet: SelectionSetNode, root: GraphQLNamedType): Touched {
    this.#walk(selectionSet, root);
    return { fields: this.#fields, inputs: this.#inputs };
  }

  #walk({ selections }: SelectionSetNode, parent: GraphQLNamedType): void {
    for (const selection of selections) {
      if (this.#isOff(selection.directives ?? [])) continue;
      if (selection.kind === Kind.FIELD) this.#field(selection, parent);
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const name = selection.typeCondition?.name.value;
        this.#walk(selection.selectionSet, (name === undefined ? null : this.#schema.getType(name)) ?? parent);
      } else this.#fragment(selection.name.value);
    }
  }

  #fragment(name: string): void {
    const fragment = this.#fragments.get(name);
    const type = fragment === undefined ? null : this.#schema.getType(fragment.typeCondition.name.value);
    if (fragment === undefined || type == null || this.#walked.has(name)) return;
    this.#walked.add(name);
    this.#walk(fragment.selectionSet, type);
  }

  /** A field of an interface is a field of whatever object stands behind it. */
  #field(node: FieldNode, parent: GraphQLNamedType): void {
    const name = node.name.value;
    if (name.startsWith('__')) return;
    const owners = isAbstractType(parent)
      ? this.#schema.getPossibleTypes(parent)
      : isObjectType(parent)
        ? [parent]
        : [];
    for (const owner of owners) {
      const field = owner.getFields()[name];
      this.#fields.add(`${owner.name}.${name}`);
      if (field === undefined) continue;
      for (const { type } of field.args) this.#input(type);
      if (node.selectionSet !== undefined) this.#walk(node.selectionSet, getNamedType(field.type));
    }
  }

  #input(type: GraphQLInputType): void {
    const named = getNamedType(type);
    if (!isInputObjectType(named)) return;
    for (const field of Object.values(named.getFields())) {
      const path = `${named.name}.${field.name}`;
      if (this.#inputs.has(path)) continue;
      this.#inputs.add(path);
      this.#input(field.type);
    }
  }

  #isOff(directives: readonly DirectiveNode[]): boolean {
    return directives.some(({ name, arguments: given }) => {
      const condition = given?.find((argument) => argument.name.value === 'if')?.value;
      const value =
        condition?.kind === Kind.VARIABLE
          ? this.#variables[condition.name.value]
          : condition?.kind === Kind.BOOLEAN
            ? condition.value
            : undefined;
      if (name.value === 'skip') return value === true;
      return name.value === 'include' && value === false;
    });
  }
}
