import { Agent, request } from 'node:http';

/** Somebody who asks as much as they can: `node flood.ts '{ url, tokens, connections, seconds, body }'` prints how often each status came. */
interface Flood {
  url: string;
  tokens: string[];
  connections: number;
  seconds: number;
  body: string;
}

const { url, tokens, connections, seconds, body }: Flood = JSON.parse(process.argv[2] ?? '');
const agent = new Agent({ keepAlive: true, maxSockets: connections });
const statuses: Record<string, number> = {};
const end = Date.now() + seconds * 1_000;

const ask = (token: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('error', reject);
    sent.end(body);
  });

await Promise.all(
  Array.from({ length: connections }, async (_none, index) => {
    while (Date.now() < end) {
      const status = await ask(tokens[index % tokens.length] ?? '');
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  }),
);
agent.destroy();
process.stdout.write(JSON.stringify(statuses));
