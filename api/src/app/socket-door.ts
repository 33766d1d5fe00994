import type { IncomingMessage } from 'node:http';
import type { WebSocketServer } from 'ws';

const socketsOfOneAddress = 500;
const socketsAtAll = 5_000;

/** The origins whose pages may connect, beside that of the address they connect to. */
export interface AllowedOrigins {
  publicOrigin: string;
  /** In development the app is served from a port of its own. */
  isLocalAllowed: boolean;
}

const openFrom = new WeakMap<WebSocketServer, Map<string, number>>();

/** Why a socket may not be opened; null when it may. A script has no origin; a page has, and cannot leave it out. */
export function socketRefusal(
  sockets: WebSocketServer,
  origin: string | undefined,
  { headers, socket }: IncomingMessage,
  { publicOrigin, isLocalAllowed }: AllowedOrigins,
): { status: number; words: string } | null {
  if (origin !== undefined && origin !== publicOrigin) {
    const { host, hostname } = URL.canParse(origin) ? new URL(origin) : { host: null, hostname: '' };
    const isOurs = host !== null && (host === headers.host || (isLocalAllowed && localNames.has(hostname)));
    if (!isOurs) return { status: 403, words: 'Forbidden' };
  }
  const open = openFrom.get(sockets) ?? new Map<string, number>();
  openFrom.set(sockets, open);
  const address = socket.remoteAddress ?? '';
  const count = open.get(address) ?? 0;
  if (count >= socketsOfOneAddress || sockets.clients.size >= socketsAtAll)
    return { status: 503, words: 'Service Unavailable' };
  open.set(address, count + 1);
  socket.once('close', () => {
    const left = (open.get(address) ?? 1) - 1;
    if (left > 0) open.set(address, left);
    else open.delete(address);
  });
  return null;
}

const localNames = new Set(['localhost', '127.0.0.1', '[::1]']);
