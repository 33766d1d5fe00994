import { useRoute, useRouter } from 'vue-router';
import { homePath, safeRedirect } from '../../app/router.ts';
import { useSession, type AuthPayload } from '../../app/session.ts';
import type { UserErrorLike } from '../../composables/form-errors.ts';
import {
  RegisterClinicDocument,
  RegisterPatientDocument,
  SignInDocument,
  type RegisterClinicInput,
  type RegisterPatientInput,
  type SignInInput,
} from '../../gql/graphql.ts';

/** The three ways into a session: sign in, register as a patient, register a clinic. Each ends on the role's first screen. */
export function useSignIn() {
  const session = useSession();
  const route = useRoute();
  const router = useRouter();

  async function enter(payload: AuthPayload, first?: string): Promise<readonly UserErrorLike[]> {
    const errors = payload?.userErrors ?? [];
    if (errors.length === 0 && (await session.begin(payload))) {
      await router.replace(safeRedirect(route.query['redirect']) ?? first ?? homePath());
    }
    return errors;
  }

  return {
    /** Goes on with the answer of a sign-in form. */
    enter,
    signIn: async (input: SignInInput): Promise<readonly UserErrorLike[]> => {
      const { data } = await session.client.mutate({ mutation: SignInDocument, variables: { input } });
      return enter(data?.signIn);
    },
    registerPatient: async (input: RegisterPatientInput): Promise<readonly UserErrorLike[]> => {
      const { data } = await session.client.mutate({ mutation: RegisterPatientDocument, variables: { input } });
      return enter(data?.registerPatient);
    },
    registerClinic: async (input: RegisterClinicInput): Promise<readonly UserErrorLike[]> => {
      const { data } = await session.client.mutate({ mutation: RegisterClinicDocument, variables: { input } });
      return enter(data?.registerClinic, '/setup');
    },
  };
}
