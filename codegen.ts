import type { CodegenConfig } from '@graphql-codegen/cli';
import { addTypenameSelectionDocumentTransform } from '@graphql-codegen/client-preset';

/** Every custom scalar travels as a string; strictScalars makes a new one fail the build until it is listed here. */
const scalars = {
  DateTime: 'string',
  Date: 'string',
  LocalTime: 'string',
  TimeZone: 'string',
  Decimal: 'string',
  Currency: 'string',
  Locale: 'string',
  EmailAddress: 'string',
  PhoneNumber: 'string',
  URL: 'string',
  JSONObject: 'Record<string, unknown>',
};

const config: CodegenConfig = {
  schema: process.env['CODEGEN_SCHEMA'] ?? 'schema/schema.graphql',
  generates: {
    'web/src/gql/': {
      documents: ['web/src/**/*.graphql'],
      preset: 'client',
      presetConfig: { fragmentMasking: false, persistedDocuments: { hashAlgorithm: 'sha256' } },
      // The text that is hashed is the text that is sent: the cache's __typename is part of both.
      documentTransforms: [addTypenameSelectionDocumentTransform],
      config: { useTypeImports: true, enumsAsTypes: true, strictScalars: true, scalars },
    },
    // The partners' client: the functions beside these types are printed by api/src/cli/emit-client.ts.
    'schema/client/generated/types.ts': {
      documents: ['schema/client/operations/*.graphql'],
      plugins: ['typescript-operations'],
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        // A new value of an enum is no breaking change: partners' code says what it does with one it does not know.
        futureProofEnums: true,
        strictScalars: true,
        skipTypename: true,
        scalars: { ...scalars, ID: 'string' },
      },
    },
  },
};
export default config;
