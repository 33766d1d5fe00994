import { buildSchema, parse, type OperationDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { InputDefaults } from './input-defaults.ts';

const defaults = new InputDefaults(
  buildSchema(`
    enum Way { ASC DESC }
    input Line { text: String!, quantity: Int! = 1, way: Way = DESC }
    input Bill { lines: [Line!], plain: Plain }
    input Plain { text: String }
    type Query { ask(bill: Bill, plain: Plain): Int }`),
);

function operation(text: string): OperationDefinitionNode {
  const [definition] = parse(text).definitions;
  if (definition?.kind !== 'OperationDefinition') throw new Error('This is no operation.');
  return definition;
}

describe('defaults of input fields', () => {
  const asked = operation('query ($bill: Bill, $plain: Plain) { ask(bill: $bill, plain: $plain) }');

  it('are filled in wherever they were left out, in lists too, as a client would have sent them', () => {
    expect(defaults.fill(asked, { bill: { lines: [{ text: 'a' }, { text: 'b', quantity: 3, way: null }] } })).toEqual({
      bill: {
        lines: [
          { text: 'a', quantity: 1, way: 'DESC' },
          { text: 'b', quantity: 3, way: null },
        ],
      },
    });
  });

  it('are filled into a single value that stands for a list', () => {
    expect(defaults.fill(asked, { bill: { lines: { text: 'a' } } })).toEqual({
      bill: { lines: { text: 'a', quantity: 1, way: 'DESC' } },
    });
  });

  it('leave alone what is null, left out, or has none', () => {
    const variables = { bill: null, plain: { text: 'a' } };

    expect(defaults.fill(asked, variables)).toEqual(variables);
    expect(defaults.fill(asked, {})).toEqual({});
  });
});
