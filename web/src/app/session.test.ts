import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AuthFieldsFragment } from '../gql/graphql.ts';
import { useSession, type Viewer } from './session.ts';

const viewer: Viewer = {
  __typename: 'Viewer',
  user: { __typename: 'User', id: 'u-ana', name: 'Ana Reyes' },
  email: 'ana@example.org',
  locale: 'en-PH',
  role: 'NURSE',
  clinic: {
    __typename: 'Clinic',
    id: 'c-1',
    slug: 'demo',
    name: 'Bayview',
    address: null,
    phone: null,
    timeZone: 'Asia/Manila',
    currency: 'PHP',
    locale: 'en-PH',
    sandbox: false,
    now: new Date().toISOString(),
  },
  doctor: null,
  patient: null,
  unreadNotificationCount: 0,
};
const ended: AuthFieldsFragment = {
  __typename: 'AuthPayload',
  accessToken: null,
  accessTokenExpiresAt: null,
  viewer: null,
  totpRequired: false,
  userErrors: [],
};
const inHour = new Date(Date.now() + 3_600_000).toISOString();
const alive: AuthFieldsFragment = { ...ended, accessToken: 'token', accessTokenExpiresAt: inHour, viewer };

/** What the server says to the next renewals, in turn. */
type Answer = { data?: { refreshSession: unknown }; errors?: { message: string }[] } | 'unreachable';

function aSession(...answers: Answer[]) {
  const asked = vi.fn<(body: string) => void>();
  vi.stubGlobal('fetch', (url: string, init?: { body?: string }) => {
    if (url !== '/graphql') return Promise.resolve(Response.json({ demo: null, idleMinutes: 30 }));
    asked(init?.body ?? '');
    const answer = answers.shift() ?? 'unreachable';
    return answer === 'unreachable' ? Promise.reject(new TypeError('Failed')) : Promise.resolve(Response.json(answer));
  });
  return { session: useSession(), asked };
}

const renewal = (refreshSession: unknown): Answer => ({ data: { refreshSession } });

beforeEach(() => setActivePinia(createPinia()));
afterEach(() => vi.unstubAllGlobals());

describe('a session', () => {
  it('that ends by itself keeps its person and its screen, under a cover', async () => {
    const { session } = aSession(renewal(alive), renewal(ended));
    await session.restore();
    expect(session.status).toBe('signedIn');

    await session.renewNow();

    expect(session.status).toBe('ended');
    expect(session.viewer?.email).toBe('ana@example.org');
  });

  it('that has ended asks the server nothing until somebody signs in', async () => {
    const { session, asked } = aSession(renewal(alive), renewal(ended));
    await session.restore();
    await session.renewNow();

    await session.renewNow();

    expect(asked).toHaveBeenCalledTimes(2);
  });

  it('goes on when the same person has signed in again, and tells those who wait for it', async () => {
    const { session } = aSession(renewal(alive), renewal(ended));
    await session.restore();
    await session.renewNow();
    const back = session.untilBack();

    expect(session.resume(alive)).toBe(true);

    expect(session.status).toBe('signedIn');
    expect(await back).toBe(true);
  });

  it('stays under its cover when the password was wrong', async () => {
    const { session } = aSession(renewal(alive), renewal(ended));
    await session.restore();
    await session.renewNow();

    expect(session.resume(ended)).toBe(false);

    expect(session.status).toBe('ended');
  });

  it('outlives a server that is out of reach, and a database that is away', async () => {
    const { session } = aSession(renewal(alive), 'unreachable', { errors: [{ message: 'Something went wrong.' }] });
    await session.restore();

    await expect(session.renewNow()).rejects.toThrow(TypeError);
    await expect(session.renewNow()).rejects.toThrow('The server could not answer.');

    expect(session.status).toBe('signedIn');
  });

  it('is asked for again by itself when the server is out of reach at the start', async () => {
    const { session } = aSession('unreachable', renewal(alive));

    const restored = session.restore();
    await vi.waitFor(() => expect(session.status).toBe('unreachable'));
    await restored;

    expect(session.status).toBe('signedIn');
  });
});
