import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClinic, type TestClinic } from './support/clinic.ts';
import { settled } from './support/client.ts';
import { startTestServer, type TestServerHandle } from './support/server.ts';

let server: TestServerHandle;
let clinic: TestClinic;

beforeAll(async () => {
  server = await startTestServer({ publicUrl: 'https://clinic.example', isProduction: true });
  clinic = await aClinic(server);
});

afterAll(() => server.stop());

const socketUrl = () => server.url.replace(/^http/, 'ws');

const statusFor = (origin?: string): Promise<number> =>
  new Promise((resolve) => {
    const socket = new WebSocket(socketUrl(), 'graphql-transport-ws', origin === undefined ? {} : { origin });
    socket.once('open', () => {
      socket.close();
      resolve(101);
    });
    socket.once('unexpected-response', (_request, { statusCode = 0 }) => resolve(statusCode));
    socket.once('error', () => undefined);
  });

describe('the door for sockets', () => {
  it.each([
    ['a page of another site', 'https://elsewhere.example', 403],
    ['a page of this machine in production', 'http://localhost:5173', 403],
    ['a sandboxed frame', 'null', 403],
    ['a page of the public address', 'https://clinic.example', 101],
    ['a script, which has no origin', undefined, 101],
  ])('answers %s', async (_who, origin, status) => {
    expect(await statusFor(origin)).toBe(status);
  });

  it('lets a page of the very address it was loaded from in', async () => {
    expect(await statusFor(new URL(server.url).origin)).toBe(101);
  });

  it('refuses more than 50 operations on one connection, and leaves those that run alone', async () => {
    const client = createClient({
      url: socketUrl(),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${clinic.owner.token}` },
      retryAttempts: 0,
    });
    const codes: string[] = [];
    for (let index = 0; index < 52; index += 1)
      client.subscribe(
        { query: 'subscription { appointmentChanged { cursor } }' },
        {
          next: () => undefined,
          complete: () => undefined,
          error: (errors) => codes.push(JSON.parse(JSON.stringify(errors))[0].extensions.code),
        },
      );
    await settled(1_500);

    expect(codes).toEqual(['RATE_LIMITED', 'RATE_LIMITED']);
    await client.dispose();
  });
});
