import { createServer } from 'node:http';
import pg from 'pg';
import { WebSocketServer } from 'ws';

/**
 * What the product is measured against: the same answers as one SQL statement each that builds the JSON, over node:http.
 * No rules, no tenancy, no validation: the least that a server for this data can do.
 */
const day = `select json_build_object('data', json_build_object('appointments', json_build_object('nodes', coalesce(json_agg(row), '[]'))))::text body from (
  select a.id, a.status, a.starts_at as "startsAt", a.ends_at as "endsAt", a.reason, a.version,
    json_build_object('id', p.id, 'name', concat_ws(' ', p.first_name, p.last_name), 'phone', p.phone) patient,
    json_build_object('id', d.id, 'name', d.name) doctor,
    json_build_object('id', s.id, 'name', s.name, 'durationMinutes', s.duration_minutes) service,
    json_build_object('nodes', (select coalesce(json_agg(n), '[]') from (
      select n.id, n.type, n.title, n.created_at as "createdAt" from notification n
      where n.clinic_id = a.clinic_id and n.appointment_id = a.id order by n.created_at desc, n.id desc limit 2) n)) notifications
  from appointment a
    join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id
    join doctor d on d.clinic_id = a.clinic_id and d.id = a.doctor_id
    join service s on s.clinic_id = a.clinic_id and s.id = a.service_id
  where a.clinic_id = $1 and a.doctor_id = $2 and a.starts_at >= $3 and a.starts_at < $4
  order by a.starts_at, a.id limit 25) row`;

const wholeDay = `select json_build_object('data', json_build_object('appointments', json_build_object('nodes', coalesce(json_agg(row), '[]'))))::text body from (
  select a.id, a.status, a.starts_at as "startsAt", a.ends_at as "endsAt", a.reason, a.version,
    json_build_object('id', p.id, 'name', concat_ws(' ', p.first_name, p.last_name), 'phone', p.phone) patient,
    (select json_build_object('id', v.id, 'status', v.status, 'queueNumber', v.queue_number, 'checkedInAt', v.checked_in_at, 'completedAt', v.completed_at)
      from visit v where v.clinic_id = a.clinic_id and v.appointment_id = a.id) visit,
    (select coalesce(json_agg(json_build_object('id', r.id, 'createdAt', r.created_at, 'items', r.items) order by r.created_at, r.id), '[]')
      from prescription r join visit v on v.clinic_id = r.clinic_id and v.id = r.visit_id
      where v.clinic_id = a.clinic_id and v.appointment_id = a.id) prescriptions,
    (select json_build_object('id', b.id, 'number', b.year || '-' || lpad(b.sequence::text, 6, '0'), 'status', b.status,
        'total', json_build_object('amount', (b.total_minor / 100.0)::numeric(12, 2)::text, 'currency', 'PHP'),
        'payments', (select coalesce(json_agg(json_build_object('id', y.id, 'method', y.method, 'status', y.status, 'paidAt', y.paid_at,
            'amount', json_build_object('amount', (y.amount_minor / 100.0)::numeric(12, 2)::text, 'currency', 'PHP')) order by y.created_at, y.id), '[]')
          from payment y where y.clinic_id = b.clinic_id and y.bill_id = b.id))
      from bill b where b.clinic_id = a.clinic_id and b.appointment_id = a.id and b.status in ('PENDING', 'PAID')) bill,
    json_build_object('nodes', (select coalesce(json_agg(n), '[]') from (
      select n.id, n.type, n.title, n.created_at as "createdAt" from notification n
      where n.clinic_id = a.clinic_id and n.appointment_id = a.id order by n.created_at desc, n.id desc limit 2) n)) notifications
  from appointment a
    join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id
  where a.clinic_id = $1 and a.doctor_id = $2 and a.starts_at >= $3 and a.starts_at < $4
  order by a.starts_at, a.id limit 22) row`;

const one = `select json_build_object('data', json_build_object('appointment', row_to_json(row)))::text body from (
  select a.id, a.status, a.starts_at as "startsAt", a.ends_at as "endsAt", a.reason, a.version,
    json_build_object('id', p.id, 'name', concat_ws(' ', p.first_name, p.last_name), 'phone', p.phone) patient
  from appointment a join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id
  where a.clinic_id = $1 and a.id = $2) row`;

/** Approval as bare as it can be and still be one: the row, its timeline, an event, an audit line, a message. */
const approve = `with changed as (
    update appointment set status = 'APPROVED', holds_slot = true, version = version + 1, updated_at = now()
    where clinic_id = $1 and id = $2 and status = 'REQUESTED' returning *),
  head as (update clinic_head set event_sequence = event_sequence + 1 where clinic_id = $1 returning event_sequence),
  fact as (insert into event select clinic_id, (select event_sequence from head), gen_random_uuid(), 'BARE', id, '{}', now() from changed),
  message as (insert into notification (id, clinic_id, cause_event_id, recipient_name, patient_id, appointment_id, type, title, body, outside_body, created_at)
    select gen_random_uuid(), clinic_id, gen_random_uuid(), '', patient_id, id, 'APPOINTMENT_APPROVED', '', '', '', now() from changed)
  select json_build_object('data', json_build_object('approveAppointment', json_build_object('appointment',
    (select json_build_object('id', id, 'status', status) from changed), 'userErrors', '[]'::json)))::text body`;

const statements = { day, wholeDay, one, approve };

const pool = new pg.Pool({ connectionString: process.env['BARE_DATABASE_URL'], max: 12 });

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { name, values }: { name: keyof typeof statements; values: unknown[] } = JSON.parse(
      Buffer.concat(chunks).toString(),
    );
    pool.query<{ body: string }>({ name, text: statements[name], values }).then(
      ({ rows }) => {
        response.setHeader('content-type', 'application/json').end(rows[0]?.body);
        if (name === 'approve') for (const socket of sockets.clients) socket.send(sameBytes);
      },
      () => response.writeHead(500).end(),
    );
  });
});

const sockets = new WebSocketServer({ server });

/** As long as the update that the product sends for the same change. */
const sameBytes = JSON.stringify({
  id: '1',
  type: 'next',
  payload: {
    data: {
      appointmentChanged: {
        cursor: 'MTIzNDU2Nzg5',
        type: 'APPROVED',
        appointment: {
          id: '01a21265-65ec-8a01-8ac1-0e51ec0fa4e9',
          status: 'APPROVED',
          startsAt: '2026-12-25T01:00:00.000Z',
          patient: { id: '01a21265-65ec-8a02-8ac1-0e51ec0fa4e9', name: 'Maria Santos 100' },
          doctor: { id: '01a21265-65ec-8a03-8ac1-0e51ec0fa4e9', name: 'Dr 0' },
          service: { name: 'Consultation' },
        },
      },
    },
  },
});

server.listen(Number(process.env['BARE_PORT']), '127.0.0.1', () => process.stdout.write('ready\n'));
