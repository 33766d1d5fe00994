import fastifyHelmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../platform/config.ts';

const yearSeconds = 365 * 24 * 60 * 60;

/** Nothing of the app asks for a device; what a clinic's tablet could be made to do, no page may begin. */
const shutDevices = ['camera', 'microphone', 'geolocation', 'payment', 'usb', 'serial', 'bluetooth', 'display-capture']
  .map((device) => `${device}=()`)
  .join(', ');

type Directives = Record<string, string[]>;

/** What a browser may do with a page of ours: run and load this origin's files, and nothing else. */
function strictPolicy(config: Config): Directives {
  const isSecure = config.publicUrl.startsWith('https:');
  const { host } = new URL(config.publicUrl);
  return {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    // The component library sets sizes and places in style attributes.
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    fontSrc: ["'self'", 'data:'],
    // Older browsers do not take 'self' for the live connection.
    connectSrc: ["'self'", isSecure ? `wss://${host}` : `ws://${host}`],
    manifestSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    ...(isSecure ? { upgradeInsecureRequests: [] } : {}),
  };
}

/** The header of one page that needs more than the others: its additions go beside what is allowed anyway. */
export function policyWith(config: Config, additions: Directives): string {
  const policy = strictPolicy(config);
  for (const [name, sources] of Object.entries(additions)) policy[name] = [...(policy[name] ?? []), ...sources];
  return Object.entries(policy)
    .map(([name, sources]) => [name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), ...sources].join(' '))
    .join('; ');
}

/**
 * Puts the browser's own guards around every answer: scripts from this origin's files alone, no frame around a page, no
 * guessing of types, no address passed on. What holds data is never stored by a browser or on the way.
 */
export async function serveSecurityHeaders(app: FastifyInstance, config: Config): Promise<void> {
  const isSecure = config.publicUrl.startsWith('https:');
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: { useDefaults: false, directives: strictPolicy(config) },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    hsts: isSecure ? { maxAge: yearSeconds, includeSubDomains: false } : false,
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    reply.header('permissions-policy', shutDevices);
    if (request.routeOptions.url === '/graphql') reply.header('cache-control', 'no-store');
    done(null, payload);
  });
}
