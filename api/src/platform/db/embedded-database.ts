import path from 'node:path';
import { keptSecret } from '../secret-file.ts';
import { startEmbeddedServer, type EmbeddedServer, type EmbeddedServerOptions } from './embedded-server.ts';
import { ensureDatabase, type DatabaseUrls } from './roles.ts';

/**
 * Starts the embedded server and makes its database with all roles. The passwords of owner and app are made on the
 * first start and kept beside the folder, readable by its owner alone.
 *
 * @throws what `startEmbeddedServer` throws; the server is stopped again when the database cannot be made
 */
export async function startEmbeddedDatabase(
  options: EmbeddedServerOptions & { database?: string },
): Promise<EmbeddedServer & DatabaseUrls> {
  const server = await startEmbeddedServer(options);
  const dataDir = path.resolve(options.dataDir);
  try {
    const urls = await ensureDatabase(server.adminUrl(), {
      database: options.database ?? 'clinigraph',
      ownerPassword: keptSecret(`${dataDir}.owner-password`),
      appPassword: keptSecret(`${dataDir}.app-password`),
    });
    return { ...server, ...urls };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
