import { rmSync } from 'node:fs';
import path from 'node:path';
import { loadConfig } from '../platform/config.ts';

// Throws the embedded database away; the next start makes a new one. A server of one's own is never touched.
const config = loadConfig(process.env);
if (config.databaseUrl !== null) {
  process.stderr.write('DATABASE_URL is set: this only resets the embedded database.\n');
  process.exit(1);
}
for (const name of ['postgres', 'postgres.owner-password', 'postgres.app-password', 'postgres.superuser-password']) {
  rmSync(path.join(config.dataDir, name), { recursive: true, force: true });
}
process.stdout.write('The embedded database is gone. npm start makes a new one.\n');
