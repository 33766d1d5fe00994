import pg from 'pg';

/** What requests may write although they change nothing, and why. */
export const bookkeeping: Readonly<Record<string, string>> = {
  audit_head: 'where the audit trail ends, moved by each of its entries',
  rate_limit: 'counts requests and tries, refused ones too',
  'session.last_used_at': 'when a session was last traded for new tokens',
  'session.last_active_at': 'that the caller is there, for signing out the idle',
};

/** Rows that say nothing but that somebody asked, and why they count as no change. */
export const bookkeepingRows: Readonly<Record<string, { where: string; reason: string }>> = {
  audit_entry: {
    where: `(action = 'notification.read' and changes ->> 'count' = '0') or action = 'patient.read' or action like '%.refuse'`,
    reason:
      'the trail tells of every writing transaction, of one that marked no message as read too, of who was refused, and of who ' +
      'opened a record: what they got to see is in the answer',
  },
};

/** The state of a whole database, a fingerprint for each table and clinic. */
export type Snapshot = ReadonlyMap<string, string>;

/** Takes snapshots over one connection, as somebody who sees every row. */
export class SnapshotTaker {
  readonly #client: pg.Client;
  #statement = '';

  constructor(adminUrl: string) {
    this.#client = new pg.Client({ connectionString: adminUrl });
  }

  async start(): Promise<void> {
    await this.#client.connect();
    const tables = await this.#client.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
    );
    this.#statement = tables.rows
      .filter(({ name }) => bookkeeping[name] === undefined)
      .map(({ name }) => fingerprint(name))
      .join(' union all ');
  }

  async take(): Promise<Snapshot> {
    const { rows } = await this.#client.query<{ place: string; print: string }>(this.#statement);
    return new Map(rows.map(({ place, print }) => [place, print]));
  }

  async stop(): Promise<void> {
    await this.#client.end();
  }
}

function fingerprint(table: string): string {
  const left = Object.keys(bookkeeping)
    .filter((name) => name.startsWith(`${table}.`))
    .map((name) => ` - '${name.slice(table.length + 1)}'`)
    .join('');
  const ignored = bookkeepingRows[table]?.where ?? 'false';
  return `select '${table} of ' || coalesce(row ->> 'clinic_id', 'no clinic') as place,
    md5(string_agg(row::text, '|' order by row::text)) as print
    from (select to_jsonb(t)${left} as row from ${table} t where not (${ignored})) rows group by 1`;
}

/** The tables that differ, each with the clinic whose rows do. */
export function differencesBetween(before: Snapshot, after: Snapshot): string[] {
  const places = new Set([...before.keys(), ...after.keys()]);
  return [...places].filter((place) => before.get(place) !== after.get(place)).sort();
}
