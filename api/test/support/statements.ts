import pg from 'pg';
import { Pipeline } from '../../src/platform/db/pipeline.ts';

/** Not counted: what opens and ends a transaction (how reads fall into ticks is chance), what takes a share of a budget, and the live
 * connection's pulse. */
const isHousekeeping = (text: unknown): boolean =>
  typeof text === 'string' &&
  /^(begin|start transaction|commit|rollback|select set_config|select 1$)|"rate_limit"/.test(text);

/** Counts the statements that go to PostgreSQL while a question is answered. */
export async function statementsOf(run: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = new Proxy(query, {
    apply(send, client, args: unknown[]) {
      const [sent] = args;
      // What goes out as one message is as many statements as it holds, the first of which names the tenant.
      if (sent instanceof Pipeline) count += sent.statements.length - 1;
      else if (!isHousekeeping(sent)) count += 1;
      return Reflect.apply(send, client, args);
    },
  });
  try {
    await run();
  } finally {
    pg.Client.prototype.query = query;
  }
  return count;
}
