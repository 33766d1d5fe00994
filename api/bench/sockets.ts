import { Agent } from 'node:http';
import WebSocket from 'ws';
import { post, type Call } from './load.ts';
import type { StartedServer } from './servers.ts';

const socketCount = 500;
const openingAtOnce = 50;
const update = `subscription { appointmentChanged { cursor type appointment { id status startsAt patient { id name } doctor { id name } service { name } } } }`;

export interface Broadcast {
  server: StartedServer;
  /** The next change that all sockets hear of. */
  change: () => Call | null;
  /** Product sockets sign in and subscribe; bare ones just listen. */
  token: string | null;
}

/** How long it takes from sending a change until the last of 500 sockets has heard of it, milliseconds a round. */
export async function broadcastTimes({ server, change, token }: Broadcast, rounds: number): Promise<number[]> {
  let heard = 0;
  let allHeard: () => void = () => undefined;
  const onHeard = () => {
    heard += 1;
    if (heard === socketCount) allHeard();
  };
  const sockets: WebSocket[] = [];
  while (sockets.length < socketCount)
    sockets.push(...(await Promise.all(Array.from({ length: openingAtOnce }, () => open(server.url, token, onHeard)))));
  // A subscription has no answer of its own to wait for.
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  const agent = new Agent({ keepAlive: true });
  const times: number[] = [];
  for (let round = 0; round < rounds + 2; round += 1) {
    const next = change();
    if (next === null) break;
    heard = 0;
    const everybody = new Promise<void>((resolve) => {
      allHeard = resolve;
    });
    const start = performance.now();
    await Promise.all([post(agent, server.url, next), everybody]);
    if (round >= 2) times.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  agent.destroy();
  for (const socket of sockets) socket.terminate();
  return times;
}

function open(url: string, token: string | null, onHeard: () => void): Promise<WebSocket> {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws');
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('open', () => {
      if (token === null) return resolve(socket);
      socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: token } }));
    });
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      if (text.includes('connection_ack')) {
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: update } }));
        return resolve(socket);
      }
      if (text.includes('"ping"')) return socket.send('{"type":"pong"}');
      if (token === null || text.includes('"next"')) onHeard();
    });
  });
}
