import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CONFIG_VARIABLES, ConfigError, loadConfig } from './config.ts';

const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'clinigraph-config-'));
const SECRET = 'a-secret-of-at-least-thirty-two-characters';
const POSTGRES = 'postgres://app:hidden-password@db.example.com/clinigraph';

afterAll(() => fs.rmSync(dataDir, { recursive: true }));

function load(env: NodeJS.ProcessEnv) {
  return loadConfig({ DATA_DIR: dataDir, ...env });
}

function complaint(env: NodeJS.ProcessEnv): string {
  try {
    load(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'nothing is wrong';
}

describe('the settings', () => {
  it('need nothing to be set', () => {
    expect(load({})).toEqual({
      port: 4000,
      host: 'localhost',
      trustProxy: false,
      publicUrl: 'http://localhost:4000',
      databaseUrl: null,
      migrationDatabaseUrl: null,
      dataDir,
      demo: true,
      jwtSecret: expect.stringMatching(/^[\w-]{43}$/),
      dataKey: expect.stringMatching(/^[\w-]{43}$/),
      idleMinutes: 30,
      smtpUrl: null,
      storage: { kind: 'disk' },
      payments: { kind: 'stand-in' },
      mailFrom: 'Clinigraph <no-reply@localhost>',
      introspection: true,
      operations: 'any',
      budgetPerMinute: 300_000,
      sandbox: true,
      graphiql: true,
      metricsToken: null,
      workerPort: null,
      logLevel: 'info',
      role: 'all',
      isProduction: false,
    });
  });

  it('treat an empty variable as unset', () => {
    expect(load({ PORT: '', DEMO: '', SMTP_URL: '' })).toEqual(load({}));
  });

  it('read what is set', () => {
    const env = {
      PORT: '80',
      PUBLIC_URL: 'https://c.example.com/',
      DATABASE_URL: POSTGRES,
      ROLE: 'worker',
      DEMO: 'false',
    };

    expect(load(env)).toMatchObject({
      port: 80,
      publicUrl: 'https://c.example.com',
      databaseUrl: POSTGRES,
      role: 'worker',
      demo: false,
    });
  });

  it('follow the port in the default address', () => {
    expect(load({ PORT: '4100' }).publicUrl).toBe('http://localhost:4100');
  });

  it.each([
    ['false', false],
    ['true', 1],
    ['2', 2],
    ['0', false],
    ['10.0.0.0/8, ::1', ['10.0.0.0/8', '::1']],
    ['loopback', ['loopback']],
  ])('read TRUST_PROXY=%s', (text, trustProxy) => {
    expect(load({ TRUST_PROXY: text }).trustProxy).toEqual(trustProxy);
  });

  it('are complained about all at once, in a table', () => {
    expect(complaint({ PORT: 'http', ROLE: 'both', TRUST_PROXY: 'me' })).toBe(
      [
        'The settings are wrong:',
        '  PORT         must be a number from 0 to 65535 (it is "http")',
        '  TRUST_PROXY  must be true, false, a number of proxies, or a list of their addresses (it is "me")',
        '  ROLE         must be all, api or worker (it is "both")',
        'Each variable is described in .env.example.',
      ].join('\n'),
    );
  });

  it.each([
    { PORT: '65536' },
    { PORT: '-1' },
    { PUBLIC_URL: 'localhost:4000' },
    { PUBLIC_URL: 'ftp://x' },
    { DATABASE_URL: 'mysql://x/y' },
    { DATABASE_URL: 'somewhere' },
    { SMTP_URL: 'http://mail' },
    { MAIL_FROM: 'nobody' },
    { DEMO: 'yes' },
    { INTROSPECTION: '1' },
    { LOG_LEVEL: 'loud' },
    { NODE_ENV: 'prod' },
    { JWT_SECRET: 'short' },
    { DATA_KEY: 'short' },
    { IDLE_MINUTES: '-1' },
    { IDLE_MINUTES: '1441' },
  ])('refuse %o', (env) => {
    const [name = ''] = Object.keys(env);

    expect(complaint(env)).toContain(`  ${name}  must`);
  });

  it('never show a secret in a complaint', () => {
    const text = complaint({ JWT_SECRET: 'hidden', DATABASE_URL: 'mysql://u:hidden@x/y', SMTP_URL: 'hidden' });

    expect(text).toContain('JWT_SECRET');
    expect(text).not.toContain('hidden');
  });
});

describe('the demo clinic', () => {
  it('is off by default with a database of one’s own and in production', () => {
    expect(load({ DATABASE_URL: POSTGRES }).demo).toBe(false);
    expect(load({ NODE_ENV: 'production', JWT_SECRET: SECRET, DATA_KEY: SECRET }).demo).toBe(false);
  });

  it('is refused there', () => {
    expect(complaint({ DEMO: 'true', DATABASE_URL: POSTGRES })).toContain('DEMO  must not be true with a DATABASE_URL');
    expect(complaint({ DEMO: 'true', NODE_ENV: 'production', JWT_SECRET: SECRET, DATA_KEY: SECRET })).toContain(
      'DEMO  must not be true in',
    );
  });
});

describe('production', () => {
  it('needs a JWT secret and makes none', () => {
    const folder = path.join(dataDir, 'production');

    const text = complaint({ NODE_ENV: 'production', DATA_DIR: folder });
    expect(text).toContain('JWT_SECRET  is required in production');
    expect(text).toContain('DATA_KEY    is required in production');
    expect(fs.existsSync(folder)).toBe(false);
  });

  it('keeps the doors for developers shut unless asked', () => {
    const production = { NODE_ENV: 'production', JWT_SECRET: SECRET, DATA_KEY: SECRET };

    expect(load(production)).toMatchObject({ sandbox: false, graphiql: false });
    expect(load({ ...production, SANDBOX: 'true', GRAPHIQL: 'true' })).toMatchObject({ sandbox: true, graphiql: true });
  });

  it('keeps introspection shut unless asked', () => {
    expect(load({ NODE_ENV: 'production', JWT_SECRET: SECRET, DATA_KEY: SECRET }).introspection).toBe(false);
    expect(
      load({ NODE_ENV: 'production', JWT_SECRET: SECRET, DATA_KEY: SECRET, INTROSPECTION: 'true' }).introspection,
    ).toBe(true);
  });
});

describe('the JWT secret', () => {
  it('is the same at the next start', () => {
    expect(load({}).jwtSecret).toBe(load({}).jwtSecret);
    expect(load({}).dataKey).toBe(load({}).dataKey);
    expect(load({}).dataKey).not.toBe(load({}).jwtSecret);
  });

  it('is the one that is set', () => {
    expect(load({ JWT_SECRET: SECRET }).jwtSecret).toBe(SECRET);
  });
});

describe('the owner’s address', () => {
  it('is refused without the app’s', () => {
    expect(complaint({ MIGRATION_DATABASE_URL: POSTGRES })).toContain('needs a DATABASE_URL');
  });
});

describe('.env.example', () => {
  const text = fs.readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');

  it('names exactly the variables that are read', () => {
    const names = [...text.matchAll(/^#?([A-Z0-9_]+)=/gm)].map((match) => match[1]);

    expect(names).toEqual(CONFIG_VARIABLES);
  });

  it('is valid as it stands, also with the comments taken off', () => {
    const lines = [...text.matchAll(/^#?([A-Z0-9_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]);
    const env: NodeJS.ProcessEnv = Object.fromEntries(lines);

    expect(load({ ...env, DATA_DIR: dataDir })).toEqual(load({}));
  });
});

describe('METRICS_TOKEN', () => {
  it('is long, fits into a header, and is not shown when it does not', () => {
    expect(load({ METRICS_TOKEN: SECRET }).metricsToken).toBe(SECRET);
    expect(complaint({ METRICS_TOKEN: 'short' })).toContain('METRICS_TOKEN  must have 32 characters or more\n');
    expect(complaint({ METRICS_TOKEN: 'long enough, but with spaces in between' })).not.toContain('long enough');
  });
});

describe('PAYMENT_PROVIDER', () => {
  const keys = { STRIPE_SECRET_KEY: 'sk_test_1', STRIPE_WEBHOOK_SECRET: 'whsec_1' };

  it('is Stripe when it is named with its secrets, and says what is missing without showing one', () => {
    expect(load({ PAYMENT_PROVIDER: 'stripe', ...keys }).payments).toEqual({
      kind: 'stripe',
      secretKey: 'sk_test_1',
      webhookSecret: 'whsec_1',
      apiUrl: null,
    });
    expect(complaint({ PAYMENT_PROVIDER: 'stripe' }).match(/is required/g)).toHaveLength(2);
    expect(complaint({ PAYMENT_PROVIDER: 'paypal' })).toContain('must be stripe');
    const mixedUp = complaint({ PAYMENT_PROVIDER: 'stripe', ...keys, STRIPE_SECRET_KEY: 'pk_live_1' });
    expect(mixedUp).toContain("must be one of Stripe's secret keys");
    expect(mixedUp).not.toContain('pk_live_1');
  });

  it('unset, is nobody in production and the built-in page elsewhere', () => {
    const secrets = { JWT_SECRET: 'x'.repeat(32), DATA_KEY: 'y'.repeat(32) };

    expect(load({ NODE_ENV: 'production', ...secrets }).payments).toEqual({ kind: 'none' });
    expect(load({}).payments).toEqual({ kind: 'stand-in' });
  });
});

describe('STORAGE', () => {
  const bucket = { S3_BUCKET: 'files', S3_REGION: 'eu-central-1', S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'key' };

  it('is a bucket when one is named with all that it needs, and says what is missing', () => {
    expect(load({ STORAGE: 's3', ...bucket }).storage).toEqual({
      kind: 's3',
      bucket: 'files',
      region: 'eu-central-1',
      endpoint: null,
      accessKeyId: 'id',
      secretAccessKey: 'key',
    });
    expect(complaint({ STORAGE: 's3', ...bucket, S3_BUCKET: '' })).toContain('S3_BUCKET  is required with STORAGE=s3');
    expect(complaint({ STORAGE: 's3' }).match(/is required/g)).toHaveLength(4);
    expect(complaint({ STORAGE: 'tape' })).toContain('must be disk or s3');
  });
});
