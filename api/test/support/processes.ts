import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { TestDatabase } from './database.ts';

export interface SpawnedProcess {
  url: string;
  child: ChildProcess;
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

const patienceMs = 30_000;

/** A port that nobody listens on at this moment. */
export const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

/** Starts the product as operators do: a process of its own, in one role, over a database of one's own. */
export async function spawnProcess(
  database: TestDatabase,
  role: 'all' | 'api' | 'worker',
  env: NodeJS.ProcessEnv = {},
): Promise<SpawnedProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, ['--import', 'tsx', 'api/src/main.ts'], {
    env: {
      ...process.env,
      NODE_ENV: 'development',
      DATABASE_URL: database.appUrl,
      JWT_SECRET: 'a secret that all test processes share, long enough',
      DATA_KEY: 'another secret that all test processes share, long enough',
      HOST: '127.0.0.1',
      PORT: String(port),
      ROLE: role,
      LOG_LEVEL: 'error',
      // The same for all processes of one database, as everywhere: see support/server.ts.
      BUDGET_PER_MINUTE: '9999999',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The ${role} process did not get ready.`)), patienceMs);
    child.stdout.on('data', (text: Buffer) => {
      if (/is ready on|worker is running/.test(text.toString())) {
        clearTimeout(timer);
        resolve();
      }
    });
    void exited.then((code) => reject(new Error(`The ${role} process ended with ${code}.`)));
  });
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    child,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return exited;
    },
  };
}
