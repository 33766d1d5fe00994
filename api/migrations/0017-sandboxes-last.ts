import { Migration } from '@mikro-orm/migrations';
import { handToDirectory } from './policies.ts';

/** Whoever tries things out in a sandbox signs in to their own clinic the next time, as before: sandboxes come last. */
const membershipsOf = `create function directory.memberships_of(person uuid)
  returns table (id uuid, clinic_id uuid, clinic_slug text, clinic_name text, role text, display_name text, active boolean,
    accepted_at timestamptz, created_at timestamptz, doctor_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select m.id, m.clinic_id, c.slug, c.name, m.role, m.display_name, m.active, m.accepted_at, m.created_at, d.id
    from membership m join clinic c on c.id = m.clinic_id
    left join doctor d on d.clinic_id = m.clinic_id and d.user_id = m.user_id
    where m.user_id = person
    order by c.sandbox,
      (select max(s.last_used_at) from session s where s.user_id = m.user_id and s.current_clinic_id = m.clinic_id)
        desc nulls last, m.created_at, m.id
    limit 100 $$`;

export class SandboxesLast extends Migration {
  override up(): void {
    this.addSql('drop function directory.memberships_of(uuid)');
    this.addSql(membershipsOf);
    for (const sql of handToDirectory(['memberships_of(uuid)'])) this.addSql(sql);
  }
}
