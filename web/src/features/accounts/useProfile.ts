import { useSession } from '../../app/session.ts';
import type { UserErrorLike } from '../../composables/form-errors.ts';
import {
  ChangePasswordDocument,
  ConfirmTotpDocument,
  DisableTotpDocument,
  EnrolTotpDocument,
  ProfileDocument,
  RevokeSessionDocument,
  UpdateProfileDocument,
  type EnrolTotpMutation,
  type UpdateProfileInput,
} from '../../gql/graphql.ts';

export type Enrolment = NonNullable<EnrolTotpMutation['enrolTotp']>;

type Refusals = readonly UserErrorLike[];

/** What people change about themselves. Each returns what the server says against it. */
export function useProfile() {
  const session = useSession();
  const { client } = session;
  const readAgain = { refetchQueries: [ProfileDocument] };

  return {
    updateProfile: async (input: UpdateProfileInput): Promise<Refusals> => {
      const { data } = await client.mutate({ mutation: UpdateProfileDocument, variables: { input } });
      const changed = data?.updateProfile?.viewer;
      if (changed && session.viewer) session.viewer = { ...session.viewer, user: changed.user, locale: changed.locale };
      return data?.updateProfile?.userErrors ?? [];
    },
    changePassword: async (currentPassword: string, newPassword: string): Promise<Refusals> => {
      const input = { currentPassword, newPassword };
      const { data } = await client.mutate({ mutation: ChangePasswordDocument, variables: { input } });
      const refused = data?.changePassword?.userErrors ?? [];
      if (refused.length > 0) return refused;
      session.keep(data?.changePassword);
      await client.refetchQueries({ include: [ProfileDocument] });
      return [];
    },
    enrolTotp: async (): Promise<Enrolment | null> => {
      const { data } = await client.mutate({ mutation: EnrolTotpDocument, fetchPolicy: 'no-cache' });
      return data?.enrolTotp ?? null;
    },
    confirmTotp: async (code: string): Promise<Refusals> => {
      const { data } = await client.mutate({ mutation: ConfirmTotpDocument, variables: { code }, ...readAgain });
      return data?.confirmTotp?.userErrors ?? [];
    },
    disableTotp: async (code: string): Promise<Refusals> => {
      const { data } = await client.mutate({ mutation: DisableTotpDocument, variables: { code }, ...readAgain });
      return data?.disableTotp?.userErrors ?? [];
    },
    revokeSessions: async (ids: readonly string[]): Promise<void> => {
      for (const id of ids) await client.mutate({ mutation: RevokeSessionDocument, variables: { id } });
      await client.refetchQueries({ include: [ProfileDocument] });
    },
  };
}
