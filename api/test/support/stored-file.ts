import type { TestClinic, TestMember } from './clinic.ts';
import { query } from './database.ts';

/** A file that is there, as far as the tables know: its bytes are nowhere. Returns its id. */
export async function aStoredFile(
  adminUrl: string,
  clinic: Pick<TestClinic, 'id'>,
  { patient, by, mark }: { patient: Pick<TestMember, 'patientId'>; by: Pick<TestMember, 'userId'>; mark: string },
): Promise<string> {
  const [row] = await query<{ id: string }>(
    adminUrl,
    `insert into attachment (id, clinic_id, patient_id, visit_id, file_name, content_type, size, status, uploaded_by_user_id,
       uploaded_by_name, created_at, arrived_at, storage_key, sha256)
     select regexp_replace(gen_random_uuid()::text, '^(.{14}).{4}', '\\18a09')::uuid, $1, $2,
       (select id from visit where clinic_id = $1 and patient_id = $2 order by queue_number limit 1),
       $4 || '.png', 'image/png', 70, 'READY', $3, $4, '2030-03-04T00:00Z', '2030-03-04T00:00Z', gen_random_uuid(), $4
     returning id`,
    [clinic.id, patient.patientId, by.userId, mark],
  );
  return row?.id ?? '';
}
