import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { ConfigError, loadConfig, type Config } from './platform/config.ts';
import { createLogger } from './platform/logger.ts';
import { assertNodeVersion } from './platform/node-version.ts';
import { seedDemo } from './app/demo-seed.ts';
import { demo } from './app/demo-access.ts';
import { startProcess, type RunningProcess } from './app/process.ts';

const stopWithinMs = 9_000;

async function main(): Promise<void> {
  assertNodeVersion();
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = loadConfig(process.env);
  const log = createLogger({ level: config.logLevel, isJson: config.isProduction });
  const running = await startProcess(config, log);
  stopOnSignal(running);
  if (config.demo && config.role !== 'worker') await seedDemo(running.runtime);
  if (running.http !== null) announce(running.http.url, config);
  else process.stdout.write('The worker is running.\n');
}

/** Where to go first, in a terminal that somebody has just typed the start into. */
function announce(url: string, { demo: isDemo, smtpUrl, isProduction }: Config): void {
  const accounts = demo.accounts.map(({ email, role }) => `    ${email.padEnd(24)} ${role.toLowerCase()}`);
  const lines = [
    ...(isDemo ? [`  Demo clinic, password ${demo.password}`, ...accounts] : []),
    `  A clinic of your own: ${url}/register-clinic`,
    ...(smtpUrl === null && !isProduction ? [`  E-mails it would send: ${url}/dev/inbox`] : []),
  ];
  process.stdout.write(['', `  Clinigraph is ready on ${url}`, ...lines, ''].join('\n') + '\n');
}

/** A first signal lets everything finish; a second one, or ten seconds, does not. */
function stopOnSignal(running: RunningProcess): void {
  let isStopping = false;
  const stop = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    void running.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  const words =
    error instanceof ConfigError || !(error instanceof Error) ? String(error) : (error.stack ?? error.message);
  process.stderr.write(`${words}\n`);
  process.exit(1);
});
