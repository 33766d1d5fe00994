import { DomainError } from './errors.ts';

/** One row of a table of moves; an empty `from` says that the move creates. */
export interface LifecycleMove<State extends string, Action extends string, Actor extends string> {
  /** The row's name on the page of rules, such as A3. */
  row: string;
  action: Action;
  from: readonly State[];
  to: State;
  by: readonly Actor[];
  /** What else must hold, in words for the printed table; the domain file checks it. */
  guard?: string;
}

export interface LifecycleTable<State extends string, Action extends string, Actor extends string> {
  name: string;
  states: readonly State[];
  initial: readonly State[];
  final: readonly State[];
  moves: readonly LifecycleMove<State, Action, Actor>[];
  /** Says in one plain sentence why `action` is not possible in state `from`, and what to do instead. */
  describe(from: State, action: Action): string;
}

export interface Lifecycle<State extends string, Action extends string, Actor extends string> {
  readonly table: LifecycleTable<State, Action, Actor>;
  /** Returns the first state of something new. @throws Error when no row creates by this action: a bug. */
  create(action: Action): State;
  /** Returns the state that follows. @throws DomainError INVALID_TRANSITION with the table's own words. */
  move(from: State, action: Action): State;
  /** Lists what the table lets these actors do next, in the table's order, each action once; guards are not asked. */
  allowedActions(state: State, actors: readonly Actor[]): Action[];
  isFinal(state: State): boolean;
  /** Prints the table and its diagram for `schema/lifecycles.md`. */
  toMarkdown(): string;
}

/**
 * Makes a state machine of a table. The table is the only place that says what may follow what:
 * services move by it, the API lists `allowedActions` from it, the printed page is made of it.
 *
 * @throws Error when the table names unknown states, has an unreachable state, an exit from a final state,
 *   a dead end that is not final, or two rows for one state and action
 */
export function defineLifecycle<State extends string, Action extends string, Actor extends string>(
  table: LifecycleTable<State, Action, Actor>,
): Lifecycle<State, Action, Actor> {
  const mistakes = mistakesOf(table);
  if (mistakes.length > 0) throw new Error(`The lifecycle of ${table.name} is wrong: ${mistakes.join('; ')}`);

  return {
    table,
    create(action) {
      const row = table.moves.find((move) => move.from.length === 0 && move.action === action);
      if (row === undefined) throw new Error(`${table.name}: nothing is created by ${action}`);
      return row.to;
    },
    move(from, action) {
      const row = table.moves.find((move) => move.action === action && move.from.includes(from));
      if (row === undefined) throw new DomainError('INVALID_TRANSITION', table.describe(from, action));
      return row.to;
    },
    allowedActions(state, actors) {
      const rows = table.moves.filter(
        (move) => move.from.includes(state) && move.by.some((actor) => actors.includes(actor)),
      );
      return [...new Set(rows.map((move) => move.action))];
    },
    isFinal: (state) => table.final.includes(state),
    toMarkdown: () => printed(table),
  };
}

type AnyTable = LifecycleTable<string, string, string>;
type Shape = Pick<AnyTable, 'name' | 'states' | 'initial' | 'final' | 'moves'>;

function mistakesOf(table: Shape): string[] {
  return [...unknownStates(table), ...deadEnds(table), ...unreachableStates(table), ...ambiguousMoves(table)];
}

function unknownStates({ states, initial, final, moves }: Shape): string[] {
  const named = [...initial, ...final, ...moves.flatMap((move) => [...move.from, move.to])];
  const unknown = named.filter((state) => !states.includes(state)).map((state) => `${state} is no state`);
  const late = moves
    .filter((move) => move.from.length === 0 && !initial.includes(move.to))
    .map((move) => `${move.row} creates ${move.to}, which is not initial`);
  return [...new Set(unknown), ...late];
}

function deadEnds({ states, final, moves }: Shape): string[] {
  return states.flatMap((state) => {
    const hasExit = moves.some((move) => move.from.includes(state));
    if (final.includes(state) && hasExit) return [`${state} is final and has an exit`];
    if (!final.includes(state) && !hasExit) return [`${state} is not final and has no exit`];
    return [];
  });
}

function unreachableStates({ states, initial, moves }: Shape): string[] {
  const reached = new Set(initial);
  for (const state of reached) {
    for (const move of moves) if (move.from.includes(state)) reached.add(move.to);
  }
  return states.filter((state) => !reached.has(state)).map((state) => `${state} is unreachable`);
}

function ambiguousMoves({ moves }: Shape): string[] {
  const seen = new Set<string>();
  const mistakes: string[] = [];
  for (const move of moves) {
    for (const from of move.from.length === 0 ? ['–'] : move.from) {
      const pair = `${from} ${move.action}`;
      if (seen.has(pair)) mistakes.push(`${move.row} repeats ${move.action} from ${from}`);
      seen.add(pair);
    }
  }
  return mistakes;
}

function printed(table: Shape): string {
  const rows = table.moves.map((move) => {
    const from = move.from.join(', ') || '–';
    return `| ${move.row} | ${from} → ${move.to} | ${move.action} | ${move.by.join(', ')} | ${cell(move.guard ?? '')} |`;
  });
  return [
    `## ${table.name}`,
    '',
    '| # | from → to | action | who | guards |',
    '|---|---|---|---|---|',
    ...rows,
    '',
    '```mermaid',
    'stateDiagram-v2',
    ...arrows(table),
    '```',
    '',
  ].join('\n');
}

function arrows(table: Shape): string[] {
  const moves = table.moves.flatMap((move) => {
    const sources = move.from.length === 0 ? ['[*]'] : move.from;
    return sources.map((from) => `  ${from} --> ${move.to}: ${move.action}`);
  });
  return [...moves, ...table.final.map((state) => `  ${state} --> [*]`)];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
