import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import {
  GraphQLDateTimeISO,
  GraphQLEmailAddress,
  GraphQLJSONObject,
  GraphQLLocale,
  GraphQLPhoneNumber,
} from 'graphql-scalars';
import { isCurrency } from '../money.ts';
import { isTimeZone } from '../zone.ts';

function textScalar(
  name: string,
  description: string,
  accepts: (value: string) => boolean,
  example: string,
): GraphQLScalarType<string, string> {
  const parse = (value: unknown, node?: ValueNode): string => {
    if (typeof value === 'string' && accepts(value)) return value;
    throw malformed(name, example, node);
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: String,
    parseValue: (value) => parse(value),
    parseLiteral: (node: ValueNode) => parse(node.kind === Kind.STRING ? node.value : undefined, node),
  });
}

/** Years that leave room to count days on to both sides: what comes later would fail far inside instead of here. */
const isUsableYear = (year: number): boolean => year >= 1 && year <= 9_998;

const isCalendarDay = (value: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(value) &&
  isUsableYear(Number(value.slice(0, 4))) &&
  new Date(`${value}T00:00:00Z`).toJSON()?.slice(0, 10) === value;

/** The one answer to a value that no form can produce. The literal tells format-error where it stands. */
function malformed(name: string, example: string, literal?: ValueNode): GraphQLError {
  const article = /^[AEIOU]/.test(name) ? 'an' : 'a';
  return new GraphQLError(`Expected ${article} ${name} such as ${example}.`, {
    nodes: literal,
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

interface Wording<Internal> {
  name: string;
  description: string;
  example: string;
  /** What is well-formed and refused all the same. */
  refuses?: (value: Internal) => boolean;
}

function renamed<Internal, External>(
  scalar: GraphQLScalarType<Internal, External>,
  { name, description, example, refuses }: Wording<Internal>,
): GraphQLScalarType<Internal, External> {
  const { parseValue, parseLiteral, ...rest } = scalar.toConfig();
  const guarded = (parse: () => Internal, literal?: ValueNode): Internal => {
    try {
      const value = parse();
      if (refuses?.(value) !== true) return value;
    } catch {
      // Falls through to the one answer below.
    }
    throw malformed(name, example, literal);
  };
  return new GraphQLScalarType({
    ...rest,
    name,
    description,
    specifiedByURL: null,
    parseValue: (value) => guarded(() => parseValue(value)),
    parseLiteral: (node, variables) => guarded(() => parseLiteral(node, variables), node),
  });
}

export const DateTimeScalar = renamed(GraphQLDateTimeISO, {
  name: 'DateTime',
  description: 'An instant, RFC 3339, e.g. 2026-03-02T01:30:00.000Z.',
  example: '2026-03-02T01:30:00.000Z',
  refuses: (instant) => !isUsableYear(instant.getUTCFullYear()),
});
export const DateScalar = textScalar(
  'Date',
  'A calendar day without a time, e.g. 2026-03-02.',
  isCalendarDay,
  '2026-03-02',
);
export const LocalTimeScalar = textScalar(
  'LocalTime',
  "A wall-clock time in a clinic's own time zone, e.g. 09:30.",
  (value) => /^([01]\d|2[0-3]):[0-5]\d$/.test(value),
  '09:30',
);
export const TimeZoneScalar = textScalar('TimeZone', 'An IANA time zone, e.g. Asia/Manila.', isTimeZone, 'Asia/Manila');
export const DecimalScalar = textScalar(
  'Decimal',
  'An exact decimal number as a string, e.g. "1499.50". Never a float.',
  (value) => /^-?\d{1,15}(\.\d{1,6})?$/.test(value),
  '"1499.50"',
);
export const CurrencyScalar = textScalar('Currency', 'An ISO 4217 code, e.g. PHP.', isCurrency, 'PHP');
export const LocaleScalar = renamed(GraphQLLocale, {
  name: 'Locale',
  description: 'A BCP 47 language tag, e.g. en-PH.',
  example: 'en-PH',
});
export const EmailAddressScalar = renamed(GraphQLEmailAddress, {
  name: 'EmailAddress',
  description: 'An e-mail address.',
  example: 'ana@example.org',
});
export const PhoneNumberScalar = renamed(GraphQLPhoneNumber, {
  name: 'PhoneNumber',
  description: 'E.164, e.g. +639171234567.',
  example: '+639171234567',
  refuses: (value) => !/^\+[1-9]\d{6,14}$/.test(value),
});
export const URLScalar = textScalar(
  'URL',
  'An address on the web, with its scheme.',
  (value) => /^https?:\/\//.test(value) && URL.canParse(value),
  'https://example.org',
);
export const JSONObjectScalar = renamed(GraphQLJSONObject, {
  name: 'JSONObject',
  description: 'A JSON object, only for audit details and webhook bodies.',
  example: '{}',
});
