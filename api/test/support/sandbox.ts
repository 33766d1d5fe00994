import { aClinic } from './clinic.ts';
import { TestClient, type Json } from './client.ts';
import { query } from './database.ts';
import type { TestServerHandle } from './server.ts';

const creating = `mutation ($seed: Int) { createSandbox(seed: $seed) {
  accessToken viewer { role clinic { id slug sandbox now } } userErrors { code message } } }`;

export interface TestSandbox {
  id: string;
  slug: string;
  owner: TestClient;
  /** What the mutation answered. */
  answer: Json;
}

/** Asks for a sandbox; null when it was refused. */
export async function openSandbox(
  client: TestClient,
  seed = 1,
): Promise<{ sandbox: TestSandbox | null; answer: Json }> {
  const { createSandbox: answer } = await client.ask(creating, { seed });
  if (answer.accessToken === null) return { sandbox: null, answer };
  const { id, slug } = answer.viewer.clinic;
  return { answer, sandbox: { id, slug, answer, owner: new TestClient(client.url, answer.accessToken) } };
}

/** A sandbox of somebody new. */
export async function aSandbox(server: TestServerHandle, seed = 1): Promise<TestSandbox> {
  const { owner } = await aClinic(server);
  const { sandbox, answer } = await openSandbox(owner, seed);
  if (sandbox === null) throw new Error(JSON.stringify(answer.userErrors));
  return sandbox;
}

export const advance = async (client: TestClient, minutes: number): Promise<Json> =>
  (
    await client.ask(
      'mutation ($minutes: Int!) { advanceClock(minutes: $minutes) { clinic { now } userErrors { code field } } }',
      { minutes },
    )
  ).advanceClock;

/** Everything that a clinic holds, in an order of its own, without ids and what is made of them. */
export async function contentsOf(server: TestServerHandle, clinicId: string): Promise<Record<string, unknown[]>> {
  const url = server.database.adminUrl;
  const tables = await query<{ name: string }>(
    url,
    `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'clinic_id'
       and table_name not in ('audit_entry', 'audit_head', 'idempotent_request') order by 1`,
  );
  const contents: Record<string, unknown[]> = {};
  for (const { name } of tables) {
    const rows = await query<{ row: Record<string, unknown> }>(
      url,
      `select to_jsonb(t) as row from ${name} t where clinic_id = $1`,
      [clinicId],
    );
    contents[name] = rows.map(({ row }) => JSON.stringify(withoutIds(row))).sort();
  }
  return contents;
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** The order in which rows of all clinics were scheduled is no more the clinic's own than ids are. */
function withoutIds({ sequence: _sequence, ...row }: Record<string, unknown>): unknown {
  return JSON.parse(JSON.stringify(row).replaceAll(uuid, '(id)'));
}
