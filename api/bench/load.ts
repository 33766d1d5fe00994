import { Agent, request } from 'node:http';
import { percentile } from '../soak/figures.ts';

/** One request, made anew for each call. */
export interface Call {
  body: string;
  headers: Record<string, string>;
}

export interface Figures {
  perSecond: number;
  p50: number;
  p99: number;
}

/** Asks from so many connections, each for its next answer as soon as it has one, and says how that went. */
export async function load(
  url: string,
  call: () => Call | null,
  { connections, seconds, count }: { connections: number; seconds: number; count?: number },
): Promise<Figures> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1_000;
  let left = count ?? Number.POSITIVE_INFINITY;
  const worker = async () => {
    while (performance.now() < end && left > 0) {
      left -= 1;
      const next = call();
      if (next === null) return;
      const asked = performance.now();
      await post(agent, url, next);
      times.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const took = performance.now() - start;
  agent.destroy();
  return { perSecond: (times.length / took) * 1_000, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

/** @throws Error for any answer but a good one: what is refused is fast, and no figure */
export function post(agent: Agent, url: string, { body, headers }: Call): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: 'POST', agent, headers: { 'content-type': 'application/json', ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          if (response.statusCode === 200 && !text.includes('"errors"')) resolve(text);
          else reject(new Error(`Answered ${response.statusCode}: ${text.slice(0, 300)}`));
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
