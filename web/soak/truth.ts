import { query } from '../../api/test/support/database.ts';

/** What the screens of a clinic must show, read from the tables themselves. */

const ordinal = (place: number): string =>
  `${place}${['th', 'st', 'nd', 'rd'][place < 20 && place > 3 ? 0 : place % 10] ?? 'th'}`;

interface Clinic {
  databaseUrl: string;
  id: string;
  day: string;
}

const turn = `order by priority = 'URGENT' desc, checked_in_at, queue_number`;

async function numbers(clinic: Clinic, where: string, order: string, doctorId: string | null): Promise<number[]> {
  const rows = await query<{ queue_number: number }>(
    clinic.databaseUrl,
    `select queue_number from visit where clinic_id = $1 and day = $2::date and ($3::uuid is null or doctor_id = $3) and ${where} ${order}`,
    [clinic.id, clinic.day, doctorId],
  );
  return rows.map((row) => row.queue_number);
}

const words: Readonly<Record<string, string>> = {
  APPROVED: 'Approved',
  CHECKED_IN: 'Checked in',
  TREATED: 'Treated',
  NO_SHOW: 'No-show',
};

/** What the rows of a Today page must show, by appointment. */
export async function agendaOf(clinic: Clinic, doctorId: string | null = null): Promise<Record<string, string>> {
  const rows = await query<{ id: string; status: string }>(
    clinic.databaseUrl,
    `select id, status from appointment where clinic_id = $1 and (starts_at at time zone 'Asia/Manila')::date = $2::date
      and ($3::uuid is null or doctor_id = $3) and status = any ($4)`,
    [clinic.id, clinic.day, doctorId, Object.keys(words)],
  );
  return Object.fromEntries(rows.map(({ id, status }) => [id, words[status] ?? status]));
}

/** What a patient's phone must say about their place; null for nothing. */
export async function placeOf(clinic: Clinic, appointmentId: string, doctorName: string): Promise<string | null> {
  const [visit] = await query<{ status: string; place: number }>(
    clinic.databaseUrl,
    `select v.status, (select count(*)::int from visit o where o.clinic_id = v.clinic_id and o.day = v.day
        and o.doctor_id = v.doctor_id and o.status in ('WAITING', 'CALLED')
        and (o.priority = 'URGENT', v.checked_in_at, v.queue_number) >= (v.priority = 'URGENT', o.checked_in_at, o.queue_number)) as place
      from visit v join appointment a on a.id = v.appointment_id where a.id = $1 and a.status = 'CHECKED_IN'`,
    [appointmentId],
  );
  switch (visit?.status) {
    case 'WAITING':
      return visit.place === 1 ? 'You are next' : `You are ${ordinal(visit.place)}`;
    case 'CALLED':
      return 'It is your turn';
    case 'IN_PROGRESS':
      return `You are with ${doctorName}`;
    default:
      return null;
  }
}

/** The numbers that must stand in the columns of the Queue page, from the top. */
export async function columnsOf(clinic: Clinic): Promise<Record<string, number[]>> {
  return {
    waiting: await numbers(clinic, `status = 'WAITING'`, turn, null),
    called: await numbers(clinic, `status = 'CALLED'`, turn, null),
    inProgress: await numbers(clinic, `status = 'IN_PROGRESS'`, turn, null),
    completed: await numbers(clinic, `status = 'COMPLETED'`, 'order by completed_at desc', null),
  };
}

/** The numbers that a doctor's Today page must show: with them now, and the next three. */
export async function doctorsQueueOf(clinic: Clinic, doctorId: string): Promise<{ inside: number[]; next: number[] }> {
  const inside = await numbers(clinic, `status = 'IN_PROGRESS'`, turn, doctorId);
  const called = await numbers(clinic, `status = 'CALLED'`, turn, doctorId);
  const waiting = await numbers(clinic, `status = 'WAITING'`, turn, doctorId);
  return { inside, next: [...called, ...waiting].slice(0, 3) };
}
