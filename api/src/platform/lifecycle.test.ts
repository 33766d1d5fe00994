import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineLifecycle, type LifecycleTable } from './lifecycle.ts';

type State = 'DRAFT' | 'SENT' | 'SIGNED' | 'BURNT';
type Action = 'WRITE' | 'SEND' | 'RECALL' | 'SIGN' | 'BURN';
type Actor = 'CLERK' | 'JUDGE' | 'SYSTEM';

const STATES: State[] = ['DRAFT', 'SENT', 'SIGNED', 'BURNT'];
const ACTIONS: Action[] = ['WRITE', 'SEND', 'RECALL', 'SIGN', 'BURN'];
const ACTORS: Actor[] = ['CLERK', 'JUDGE', 'SYSTEM'];

function aTable(changes: Partial<LifecycleTable<State, Action, Actor>> = {}): LifecycleTable<State, Action, Actor> {
  return {
    name: 'Letter',
    states: STATES,
    initial: ['DRAFT'],
    final: ['SIGNED', 'BURNT'],
    moves: [
      { row: 'L1', action: 'WRITE', from: [], to: 'DRAFT', by: ['CLERK'] },
      { row: 'L2', action: 'SEND', from: ['DRAFT'], to: 'SENT', by: ['CLERK', 'JUDGE'], guard: 'a | stamp' },
      { row: 'L3', action: 'RECALL', from: ['SENT'], to: 'DRAFT', by: ['CLERK'] },
      { row: 'L4', action: 'SIGN', from: ['SENT'], to: 'SIGNED', by: ['JUDGE'] },
      { row: 'L5', action: 'BURN', from: ['DRAFT', 'SENT'], to: 'BURNT', by: ['SYSTEM'] },
    ],
    describe: (from, action) => `A ${from.toLowerCase()} letter takes no ${action.toLowerCase()}.`,
    ...changes,
  };
}

const letter = defineLifecycle(aTable());

describe('a lifecycle', () => {
  it('creates and moves by its table', () => {
    expect(letter.create('WRITE')).toBe('DRAFT');
    expect(letter.move('DRAFT', 'SEND')).toBe('SENT');
    expect(letter.move('SENT', 'BURN')).toBe('BURNT');
  });

  it('refuses every other move in the table’s own words', () => {
    expect(() => letter.move('SIGNED', 'RECALL')).toThrow(
      expect.objectContaining({ code: 'INVALID_TRANSITION', message: 'A signed letter takes no recall.', field: null }),
    );
    expect(() => letter.move('DRAFT', 'WRITE')).toThrow(expect.objectContaining({ code: 'INVALID_TRANSITION' }));
    expect(() => letter.create('SEND')).toThrow('nothing is created by SEND');
  });

  it('lists what an actor may do next, in the table’s order', () => {
    expect(letter.allowedActions('SENT', ['CLERK'])).toEqual(['RECALL']);
    expect(letter.allowedActions('SENT', ['JUDGE', 'CLERK'])).toEqual(['RECALL', 'SIGN']);
    expect(letter.allowedActions('SENT', [])).toEqual([]);
    expect(letter.allowedActions('SIGNED', ACTORS)).toEqual([]);
  });

  it('lists exactly the actions it moves by', () => {
    fc.assert(
      fc.property(fc.constantFrom(...STATES), fc.constantFrom(...ACTIONS), (state, action) => {
        const isListed = letter.allowedActions(state, ACTORS).includes(action);
        let isPossible = true;
        try {
          letter.move(state, action);
        } catch {
          isPossible = false;
        }
        expect(isListed).toBe(isPossible);
      }),
    );
  });

  it('knows its final states', () => {
    expect(STATES.filter((state) => letter.isFinal(state))).toEqual(['SIGNED', 'BURNT']);
  });

  it('prints its table and its diagram', () => {
    expect(letter.toMarkdown()).toBe(`## Letter

| # | from → to | action | who | guards |
|---|---|---|---|---|
| L1 | – → DRAFT | WRITE | CLERK |  |
| L2 | DRAFT → SENT | SEND | CLERK, JUDGE | a \\| stamp |
| L3 | SENT → DRAFT | RECALL | CLERK |  |
| L4 | SENT → SIGNED | SIGN | JUDGE |  |
| L5 | DRAFT, SENT → BURNT | BURN | SYSTEM |  |

\`\`\`mermaid
stateDiagram-v2
  [*] --> DRAFT: WRITE
  DRAFT --> SENT: SEND
  SENT --> DRAFT: RECALL
  SENT --> SIGNED: SIGN
  DRAFT --> BURNT: BURN
  SENT --> BURNT: BURN
  SIGNED --> [*]
  BURNT --> [*]
\`\`\`
`);
  });
});

describe('a table', () => {
  const aLetter: LifecycleTable<string, string, string> = { ...aTable(), describe: () => '' };
  const { moves } = aTable();
  const burn = { row: 'L9', action: 'BURN', to: 'BURNT', by: ['SYSTEM'] } as const;

  it.each([
    ['an unknown state', { states: ['DRAFT', 'SENT', 'SIGNED'] }, 'BURNT is no state'],
    ['an unreachable state', { moves: moves.filter((move) => move.row !== 'L5') }, 'BURNT is unreachable'],
    [
      'an exit from a final state',
      { moves: [...moves, { ...burn, from: ['SIGNED'] }] },
      'SIGNED is final and has an exit',
    ],
    ['a dead end', { final: ['BURNT'] }, 'SIGNED is not final and has no exit'],
    [
      'two rows for one state and action',
      { moves: [...moves, { ...burn, from: ['SENT'] }] },
      'L9 repeats BURN from SENT',
    ],
    ['two rows that create by one action', { moves: [...moves, ...moves.slice(0, 1)] }, 'L1 repeats WRITE from –'],
    [
      'a creation of a later state',
      { moves: [...moves, { ...burn, from: [] }] },
      'L9 creates BURNT, which is not initial',
    ],
  ] satisfies [string, Partial<LifecycleTable<string, string, string>>, string][])(
    'with %s is refused',
    (_, changes, mistake) => {
      expect(() => defineLifecycle<string, string, string>({ ...aLetter, ...changes })).toThrow(mistake);
    },
  );
});
