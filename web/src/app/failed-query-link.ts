import { ApolloLink } from '@apollo/client/core';
import { getMainDefinition } from '@apollo/client/utilities';

const couldNotAnswer = new Set(['INTERNAL_SERVER_ERROR', 'SERVICE_UNAVAILABLE']);

/**
 * Takes a query that the server could not answer for one that failed, as when it is out of reach: a part of an answer
 * would look like an empty list, and what failed whole is asked for again. Mutations keep their answers.
 */
export function failedQueryLink(): ApolloLink {
  return new ApolloLink((operation, forward) => {
    const definition = getMainDefinition(operation.query);
    const isQuery = definition.kind === 'OperationDefinition' && definition.operation === 'query';
    return forward(operation).map((result) => {
      const hasFailed = result.errors?.some(({ extensions }) => couldNotAnswer.has(String(extensions?.['code'])));
      if (isQuery && hasFailed) throw Object.assign(new Error('The server could not answer.'), { result });
      return result;
    });
  });
}
