import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { secret } from './dataset.ts';

export interface StartedServer {
  /** Where it takes requests. */
  url: string;
  jwtSecret: string;
  stop(): Promise<void>;
}

const jwtSecret = secret();

/** Starts the product as it runs in production, or the bare server beside it, each as a process of its own. */
export async function startServer(kind: 'product' | 'bare', { url }: { url: string }): Promise<StartedServer> {
  const port = await freePort();
  const isProduct = kind === 'product';
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', isProduct ? 'api/src/main.ts' : 'api/bench/bare-server.ts'],
    {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        ROLE: 'api',
        HOST: '127.0.0.1',
        PORT: String(port),
        DATABASE_URL: url,
        JWT_SECRET: jwtSecret,
        DATA_KEY: jwtSecret,
        LOG_LEVEL: 'error',
        BUDGET_PER_MINUTE: '9999999',
        BARE_DATABASE_URL: url,
        BARE_PORT: String(port),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      if (text.toString().includes('ready')) resolve();
    });
    void exited.then(() => reject(new Error(`The ${kind} server ended.`)));
  });
  return {
    url: `http://127.0.0.1:${port}${isProduct ? '/graphql' : '/'}`,
    jwtSecret,
    stop: () => {
      child.kill('SIGTERM');
      return exited;
    },
  };
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
