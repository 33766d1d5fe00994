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
  /** How long a member of staff stays signed in without doing anything, minutes; 0 for ever. */
  readonly idleMinutes: number;
}

const nothingKnown: ServerConfig = { demo: null, idleMinutes: 0 };

/** What the server tells everybody before sign-in. Sign-in works without it, so a failure is an empty answer. */
export async function fetchServerConfig(): Promise<ServerConfig> {
  try {
    const response = await fetch('/config.json', { headers: { accept: 'application/json' } });
    if (!response.ok) return nothingKnown;
    return await response.json();
  } catch {
    return nothingKnown;
  }
}
