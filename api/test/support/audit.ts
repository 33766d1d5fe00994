import type { TestClinic } from './clinic.ts';
import { query } from './database.ts';
import type { TestServerHandle } from './server.ts';

export interface Entry {
  id: string;
  sequence: number;
  action: string;
  actor_user_id: string | null;
  actor_name: string;
  role: string | null;
  subject_id: string | null;
  changes: Record<string, unknown> | null;
}

/** What was written down in a clinic, the oldest first, as it stands in the database. */
export const entriesOf = (server: Pick<TestServerHandle, 'database'>, { id }: Pick<TestClinic, 'id'>) =>
  query<Entry>(
    server.database.adminUrl,
    `select id, sequence::int, action, actor_user_id, actor_name, role, subject_id, changes from audit_entry
     where clinic_id = $1 order by sequence`,
    [id],
  );

/** What somebody's doing adds to a clinic's trail. */
export async function addedBy(
  server: Pick<TestServerHandle, 'database'>,
  clinic: Pick<TestClinic, 'id'>,
  run: () => Promise<unknown>,
): Promise<Entry[]> {
  const before = (await entriesOf(server, clinic)).length;
  await run();
  return (await entriesOf(server, clinic)).slice(before);
}

export const auditOperations = {
  log: `query ($first: Int, $after: String, $filter: AuditFilter) {
    answer: auditLog(first: $first, after: $after, filter: $filter) {
      totalCount pageInfo { hasNextPage endCursor }
      nodes { id at actor { id name } actorName role action subjectId changes ipAddress } } }`,
  verify: `{ answer: verifyAuditLog { intact checkedCount brokenAt { id action } } }`,
  accessLog: `query ($id: ID!, $first: Int) { patient(id: $id) { accessLog(first: $first) {
    totalCount nodes { actor { id } actorName role action subjectId changes ipAddress } } } }`,
  breakGlass: `mutation ($recordNumber: String!, $reason: String!) {
    answer: breakGlass(recordNumber: $recordNumber, reason: $reason) {
      patient { id recordNumber name allergies medicalHistory } userErrors { code message field } } }`,
};
