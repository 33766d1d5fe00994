/** Who is signed in on this page alone: nothing is kept, and the app's own session in this browser is left in peace. */
export interface PageSession {
  email: string;
  accessToken: string;
}

export interface DemoAccess {
  password: string;
  accounts: { email: string; role: string; name: string }[];
}

interface Tokens {
  accessToken: string;
  accessTokenExpiresAt: string;
  refreshToken: string;
}

interface AuthAnswer {
  errors?: { message: string }[];
  data?: { answer: (Partial<Tokens> & { totpRequired: boolean; userErrors: { message: string }[] }) | null } | null;
}

const fields = `{ accessToken accessTokenExpiresAt refreshToken totpRequired userErrors { message } }`;
const signInMutation = `mutation ($input: SignInInput!) { answer: signIn(input: $input) ${fields} }`;
const refreshMutation = `mutation ($input: RefreshSessionInput!) { answer: refreshSession(input: $input) ${fields} }`;

const renewBeforeMs = 30_000;

let tokens: Tokens | null = null;

/** What the sign-in form offers by one choice; null where there is no demo clinic. */
export async function demoAccess(): Promise<DemoAccess | null> {
  const response = await fetch('/config.json').catch(() => null);
  if (response?.ok !== true) return null;
  const { demo }: { demo: DemoAccess | null } = await response.json();
  return demo;
}

/** @throws Error in words for the person who signs in */
export async function signIn(email: string, password: string): Promise<PageSession> {
  tokens = await authenticate(signInMutation, { email, password });
  return { email, accessToken: tokens.accessToken };
}

export function signOut(): void {
  tokens = null;
}

/** A token that is good for a while yet, made new when it is about to run out; null when nobody is signed in. */
export async function accessToken(): Promise<string | null> {
  if (tokens !== null && Date.parse(tokens.accessTokenExpiresAt) - Date.now() < renewBeforeMs) {
    const { refreshToken } = tokens;
    tokens = await authenticate(refreshMutation, { refreshToken }).catch(() => null);
  }
  return tokens?.accessToken ?? null;
}

async function authenticate(query: string, input: Record<string, string>): Promise<Tokens> {
  const response = await fetch('/graphql', {
    method: 'POST',
    // Without cookies: the app in another tab must not find itself signed in as somebody else.
    credentials: 'omit',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input } }),
  });
  const { data, errors }: AuthAnswer = await response.json();
  const answer = data?.answer;
  if (answer?.totpRequired === true)
    throw new Error('This account has two-factor sign-in: run “Sign in” with totpCode and paste the token below.');
  const { accessToken: access, accessTokenExpiresAt, refreshToken } = answer ?? {};
  if (access == null || accessTokenExpiresAt == null || refreshToken == null)
    throw new Error(answer?.userErrors[0]?.message ?? errors?.[0]?.message ?? 'The server could not be reached.');
  return { accessToken: access, accessTokenExpiresAt, refreshToken };
}
