const OLDEST_MAJOR = 22;
const OLDEST_MINOR = 18;

/**
 * Ends the start with a clear sentence on a Node.js that is too old. Imports nothing, so that it can run before
 * anything an old version cannot read.
 *
 * @throws Error when the version is older than 22.18
 */
export function assertNodeVersion(version: string = process.versions.node): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST_MAJOR || (major === OLDEST_MAJOR && minor >= OLDEST_MINOR)) return;
  throw new Error(
    `Clinigraph needs Node.js ${OLDEST_MAJOR}.${OLDEST_MINOR} or newer and this is ${version}. ` +
      'Start it with "npm start", which brings its own, or install Node.js 24.',
  );
}
