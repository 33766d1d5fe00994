import 'reflect-metadata';
import { loadConfig } from '../platform/config.ts';
import { openDatabase } from '../app/database-setup.ts';

// Brings the tables up to date and ends: for deployments that migrate before the new version starts.
const config = loadConfig(process.env);
if (config.databaseUrl !== null && config.migrationDatabaseUrl === null) {
  process.stderr.write('Set MIGRATION_DATABASE_URL to the owner of the database.\n');
  process.exit(1);
}
const database = await openDatabase(config);
await database.stop();
process.stdout.write('The database is up to date.\n');
