import { useRoute, useRouter } from 'vue-router';
import { homePath, safeRedirect } from '../../app/router.ts';
import { useSession } from '../../app/session.ts';
import type { UserErrorLike } from '../../composables/form-errors.ts';
import {
  RegisterClinicDocument,
  RegisterPatientDocument,
  SignInDocument,
  type AuthFieldsFragment,
  type RegisterClinicInput,
  type RegisterPatientInput,
  type SignInInput,
} from '../../gql/graphql.ts';

export interface AuthOutcome {
  readonly errors: readonly UserErrorLike[];
  /** The password was right, and the account wants its code too. */
  readonly isTotpRequired: boolean;
}

/** The three ways into a session: sign in, register as a patient, register a clinic. Each ends on the role's first screen. */
export function useSignIn() {
  const session = useSession();
  const route = useRoute();
  const router = useRouter();

  async function enter(payload: AuthFieldsFragment | null | undefined, first?: string): Promise<AuthOutcome> {
    const errors = payload?.userErrors ?? [];
    if (errors.length === 0 && (await session.begin(payload))) {
      await router.replace(safeRedirect(route.query['redirect']) ?? first ?? homePath());
    }
    return { errors: payload?.totpRequired ? [] : errors, isTotpRequired: payload?.totpRequired ?? false };
  }

  return {
    signIn: async (input: SignInInput): Promise<AuthOutcome> => {
      const { data } = await session.client.mutate({ mutation: SignInDocument, variables: { input } });
      return enter(data?.signIn);
    },
    registerPatient: async (input: RegisterPatientInput): Promise<AuthOutcome> => {
      const { data } = await session.client.mutate({ mutation: RegisterPatientDocument, variables: { input } });
      return enter(data?.registerPatient);
    },
    registerClinic: async (input: RegisterClinicInput): Promise<AuthOutcome> => {
      const { data } = await session.client.mutate({ mutation: RegisterClinicDocument, variables: { input } });
      return enter(data?.registerClinic, '/setup');
    },
  };
}
