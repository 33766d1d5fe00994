import { isIP } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import type { StorageSettings } from './delivery/files.ts';
import type { PaymentSettings } from './delivery/payment-gateway.ts';
import { LOG_LEVELS, type LogLevel } from './logger.ts';
import { keptSecret } from './secret-file.ts';

const SECRET_LENGTH_MINIMUM = 32;

/** Never printed in a complaint: the value is a secret or holds one. */
const SECRETS = new Set([
  'JWT_SECRET',
  'DATA_KEY',
  'METRICS_TOKEN',
  'DATABASE_URL',
  'MIGRATION_DATABASE_URL',
  'SMTP_URL',
  'S3_SECRET_ACCESS_KEY',
  'STRIPE_SECRET_KEY',
  'STRIPE_WEBHOOK_SECRET',
]);

const PROXY_NAMES = new Set(['loopback', 'linklocal', 'uniquelocal']);

const flag = z.enum(['true', 'false'], 'must be true or false').transform((text) => text === 'true');

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' });

const secret = z.string().min(SECRET_LENGTH_MINIMUM, `must have ${SECRET_LENGTH_MINIMUM} characters or more`);

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a number from 0 to 65535')
  .transform(Number)
  .refine((number) => number <= 65_535, 'must be a number from 0 to 65535');

const schema = z.object({
  PORT: port.default(4000),
  HOST: z.string().default('localhost'),
  TRUST_PROXY: z.string().transform(trustedProxies).default(false),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  DATABASE_URL: postgresUrl.optional(),
  MIGRATION_DATABASE_URL: postgresUrl.optional(),
  DATA_DIR: z.string().default('.data'),
  DEMO: flag.optional(),
  JWT_SECRET: secret.optional(),
  DATA_KEY: secret.optional(),
  IDLE_MINUTES: z
    .string()
    .regex(/^\d{1,4}$/, 'must be a number of minutes from 0 to 1440')
    .transform(Number)
    .refine((minutes) => minutes <= 1_440, 'must be a number of minutes from 0 to 1440')
    .default(30),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// address' }).optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^<>@]*<[^<>@\s]+@[^<>@\s]+>$|^[^<>@\s]+@[^<>@\s]+$/, 'must be an address, or a name and an <address>')
    .default('Clinigraph <no-reply@localhost>'),
  STORAGE: z.enum(['disk', 's3'], 'must be disk or s3').default('disk'),
  S3_BUCKET: z.string().optional(),
  S3_REGION: z.string().optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  S3_ENDPOINT: z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' }).optional(),
  PAYMENT_PROVIDER: z.enum(['stripe'], 'must be stripe, or unset').optional(),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^[rs]k_\S+$/, "must be one of Stripe's secret keys, sk_… or rk_…")
    .optional(),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_\S+$/, "must be a webhook's signing secret, whsec_…")
    .optional(),
  STRIPE_API_URL: z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' }).optional(),
  INTROSPECTION: flag.optional(),
  OPERATIONS: z.enum(['any', 'registered'], 'must be any or registered').default('any'),
  BUDGET_PER_MINUTE: z
    .string()
    .regex(/^\d{4,7}$/, 'must be a number of points from 1000 to 9999999')
    .transform(Number)
    .default(300_000),
  SANDBOX: flag.optional(),
  GRAPHIQL: flag.optional(),
  METRICS_TOKEN: secret.regex(/^[\x21-\x7e]*$/, 'must have no spaces: it travels in a header').optional(),
  WORKER_PORT: port.optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  ROLE: z.enum(['all', 'api', 'worker'], 'must be all, api or worker').default('all'),
  NODE_ENV: z
    .enum(['development', 'production', 'test'], 'must be development, production or test')
    .default('development'),
});

/** The names of all variables that `loadConfig` reads; `.env.example` lists the same. */
export const CONFIG_VARIABLES: readonly string[] = Object.keys(schema.shape);

/** The settings of one process; null where a part is not configured. */
export interface Config {
  /** 0 takes any free port. */
  port: number;
  host: string;
  /** False, the number of proxies in front, or their addresses: whose X-Forwarded-For is believed. */
  trustProxy: false | number | string[];
  /** Without a slash at the end. */
  publicUrl: string;
  /** Null starts the embedded server in `dataDir`. */
  databaseUrl: string | null;
  /** The owner's address. Null with a `databaseUrl` means that this process does not migrate. */
  migrationDatabaseUrl: string | null;
  /** Absolute. */
  dataDir: string;
  demo: boolean;
  jwtSecret: string;
  /** Encrypts what must be read again and signs the links in letters; the same in all processes, for ever. */
  dataKey: string;
  /** 0 for never. */
  idleMinutes: number;
  /** Null sends mails to the built-in inbox page. */
  smtpUrl: string | null;
  mailFrom: string;
  /** Where the bytes of files lie. */
  storage: StorageSettings;
  /** Where patients pay online. */
  payments: PaymentSettings;
  introspection: boolean;
  /** What browsers may ask: anything, or the app's own operations alone. */
  operations: 'any' | 'registered';
  /** Points that one caller may spend on requests in a minute; see platform/graphql/limits.ts for what costs how many. */
  budgetPerMinute: number;
  /** Apollo Sandbox for browsers at /graphql. */
  sandbox: boolean;
  /** GraphiQL at /graphiql. */
  graphiql: boolean;
  /** Who brings it may read /metrics from anywhere; null leaves them to this machine alone. */
  metricsToken: string | null;
  /** Where a worker of its own answers /healthz, /readyz and /metrics; null for nowhere. */
  workerPort: number | null;
  logLevel: LogLevel;
  role: 'all' | 'api' | 'worker';
  isProduction: boolean;
}

interface Mistake {
  name: string;
  message: string;
}

/** What is wrong with the settings, as a table for the terminal; it never shows a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(mistakes: readonly Mistake[], env: NodeJS.ProcessEnv) {
    const width = Math.max(...mistakes.map((mistake) => mistake.name.length));
    const lines = mistakes.map(({ name, message }) => `  ${name.padEnd(width)}  ${message}${shown(name, env)}`);
    super(['The settings are wrong:', ...lines, 'Each variable is described in .env.example.'].join('\n'));
  }
}

/**
 * Reads the settings; an empty variable counts as unset. Makes its secrets in the data folder when none are given
 * outside production.
 *
 * @throws ConfigError listing every mistake at once
 */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const mistakes = parsed.error.issues.map(({ path: [name], message }) => ({ name: String(name), message }));
    throw new ConfigError(mistakes, env);
  }
  const mistakes = contradictions(parsed.data);
  if (mistakes.length > 0) throw new ConfigError(mistakes, env);
  return configOf(parsed.data);
}

type Variables = z.output<typeof schema>;

const neededForStripe = ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'] as const;
const neededForS3 = ['S3_BUCKET', 'S3_REGION', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const;

function contradictions(variables: Variables): Mistake[] {
  const isProduction = variables.NODE_ENV === 'production';
  const mistakes: Mistake[] = [];
  if (variables.DEMO === true && isProduction) {
    mistakes.push({ name: 'DEMO', message: 'must not be true in production: its passwords are public' });
  }
  if (variables.DEMO === true && variables.DATABASE_URL !== undefined) {
    mistakes.push({
      name: 'DEMO',
      message: 'must not be true with a DATABASE_URL: it fills the embedded database only',
    });
  }
  if (variables.JWT_SECRET === undefined && isProduction) {
    mistakes.push({ name: 'JWT_SECRET', message: 'is required in production' });
  }
  if (variables.DATA_KEY === undefined && isProduction) {
    mistakes.push({ name: 'DATA_KEY', message: 'is required in production' });
  }
  if (variables.MIGRATION_DATABASE_URL !== undefined && variables.DATABASE_URL === undefined) {
    mistakes.push({ name: 'MIGRATION_DATABASE_URL', message: 'needs a DATABASE_URL beside it' });
  }
  if (variables.STORAGE === 's3') {
    for (const name of neededForS3)
      if (variables[name] === undefined) mistakes.push({ name, message: 'is required with STORAGE=s3' });
  }
  if (variables.PAYMENT_PROVIDER === 'stripe') {
    for (const name of neededForStripe)
      if (variables[name] === undefined) mistakes.push({ name, message: 'is required with PAYMENT_PROVIDER=stripe' });
  }
  return mistakes;
}

function configOf(variables: Variables): Config {
  const isProduction = variables.NODE_ENV === 'production';
  const dataDir = path.resolve(variables.DATA_DIR);
  return {
    port: variables.PORT,
    host: variables.HOST,
    trustProxy: variables.TRUST_PROXY,
    publicUrl: variables.PUBLIC_URL ?? `http://localhost:${variables.PORT}`,
    databaseUrl: variables.DATABASE_URL ?? null,
    migrationDatabaseUrl: variables.MIGRATION_DATABASE_URL ?? null,
    dataDir,
    demo: variables.DEMO ?? (variables.DATABASE_URL === undefined && !isProduction),
    jwtSecret: variables.JWT_SECRET ?? keptSecret(path.join(dataDir, 'jwt-secret')),
    dataKey: variables.DATA_KEY ?? keptSecret(path.join(dataDir, 'data-key')),
    idleMinutes: variables.IDLE_MINUTES,
    smtpUrl: variables.SMTP_URL ?? null,
    mailFrom: variables.MAIL_FROM,
    storage: storageOf(variables),
    payments: paymentsOf(variables),
    introspection: variables.INTROSPECTION ?? !isProduction,
    operations: variables.OPERATIONS,
    budgetPerMinute: variables.BUDGET_PER_MINUTE,
    sandbox: variables.SANDBOX ?? !isProduction,
    graphiql: variables.GRAPHIQL ?? !isProduction,
    metricsToken: variables.METRICS_TOKEN ?? null,
    workerPort: variables.WORKER_PORT ?? null,
    logLevel: variables.LOG_LEVEL,
    role: variables.ROLE,
    isProduction,
  };
}

function storageOf(variables: Variables): StorageSettings {
  if (variables.STORAGE === 'disk') return { kind: 'disk' };
  return {
    kind: 's3',
    bucket: variables.S3_BUCKET ?? '',
    region: variables.S3_REGION ?? '',
    endpoint: variables.S3_ENDPOINT ?? null,
    accessKeyId: variables.S3_ACCESS_KEY_ID ?? '',
    secretAccessKey: variables.S3_SECRET_ACCESS_KEY ?? '',
  };
}

/** Without a provider nobody pays online in production; elsewhere there is the built-in page. */
function paymentsOf(variables: Variables): PaymentSettings {
  if (variables.PAYMENT_PROVIDER === undefined)
    return { kind: variables.NODE_ENV === 'production' ? 'none' : 'stand-in' };
  return {
    kind: 'stripe',
    secretKey: variables.STRIPE_SECRET_KEY ?? '',
    webhookSecret: variables.STRIPE_WEBHOOK_SECRET ?? '',
    apiUrl: variables.STRIPE_API_URL ?? null,
  };
}

/** 'true' means the one proxy in front: to believe every sender would let anyone choose their address. */
function trustedProxies(text: string, context: z.RefinementCtx): false | number | string[] {
  if (text === 'false') return false;
  if (text === 'true') return 1;
  if (/^\d{1,2}$/.test(text)) return Number(text) || false;
  const addresses = text.split(',').map((address) => address.trim());
  if (addresses.every(isProxyAddress)) return addresses;
  context.addIssue('must be true, false, a number of proxies, or a list of their addresses');
  return z.NEVER;
}

function isProxyAddress(text: string): boolean {
  const [address = '', bits = '0', ...rest] = text.split('/');
  return PROXY_NAMES.has(text) || (isIP(address) !== 0 && /^\d{1,3}$/.test(bits) && rest.length === 0);
}

function shown(name: string, env: NodeJS.ProcessEnv): string {
  const value = env[name];
  return value === undefined || value === '' || SECRETS.has(name) ? '' : ` (it is ${JSON.stringify(value)})`;
}
