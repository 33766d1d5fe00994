import type { Role } from '../gql/graphql.ts';

export interface DemoAccount {
  readonly email: string;
  readonly role: Role;
  readonly name: string;
}

export interface ServerConfig {
  readonly demo: {
    readonly password: string;
    readonly clinicSlug: string;
    readonly accounts: readonly DemoAccount[];
  } | null;
}

/** What the server tells everybody before sign-in. Sign-in works without it, so a failure is an empty answer. */
export async function fetchServerConfig(): Promise<ServerConfig> {
  try {
    const response = await fetch('/config.json', { headers: { accept: 'application/json' } });
    if (!response.ok) return { demo: null };
    return await response.json();
  } catch {
    return { demo: null };
  }
}
