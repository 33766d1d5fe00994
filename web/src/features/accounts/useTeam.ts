import { useQuery } from '@vue/apollo-composable';
import { computed } from 'vue';
import { toAppError } from '../../app/errors.ts';
import { useSession } from '../../app/session.ts';
import type { UserErrorLike } from '../../composables/form-errors.ts';
import {
  InviteStaffDocument,
  TeamDocument,
  UpdateMembershipDocument,
  type InviteStaffInput,
  type Role,
  type TeamMemberFragment,
  type UpdateMembershipInput,
} from '../../gql/graphql.ts';

export type MemberState = 'active' | 'invited' | 'off';

export interface Member extends TeamMemberFragment {
  readonly state: MemberState;
  readonly treats: boolean;
}

/** The roles of a team, the one most often invited first; only an owner makes owners. */
export function rolesFor(actor: Role | null): readonly Role[] {
  const roles: readonly Role[] = ['RECEPTIONIST', 'NURSE', 'DOCTOR', 'ADMIN'];
  return actor === 'OWNER' ? [...roles, 'OWNER'] : roles;
}

/** An administrator reads owners, and changes none of them. */
export const mayChange = (actor: Role | null, member: Member): boolean => actor === 'OWNER' || member.role !== 'OWNER';

function stateOf({ active, acceptedAt }: TeamMemberFragment): MemberState {
  if (acceptedAt === null) return 'invited';
  return active ? 'active' : 'off';
}

const toMember = (row: TeamMemberFragment): Member => ({
  ...row,
  state: stateOf(row),
  treats: row.doctor?.active === true,
});

/** The team as it is, those who are invited or switched off among them. */
export function useTeam() {
  const query = useQuery(TeamDocument, {}, { fetchPolicy: 'cache-and-network' });
  return {
    members: computed<readonly Member[]>(() => (query.result.value?.staff ?? []).map(toMember)),
    isLoading: computed(() => query.loading.value && !query.result.value),
    error: computed(() => (query.error.value && !query.result.value ? toAppError(query.error.value) : null)),
    refetch: () => void query.refetch()?.catch(() => undefined),
  };
}

/** Changes of the team. Each returns what the server says against it. */
export function useTeamChanges() {
  const { client } = useSession();

  /** Somebody is on the list or is not any more, or is bookable or not: whoever shows that asks anew. */
  const readAgain = async (): Promise<void> => {
    client.cache.evict({ id: 'ROOT_QUERY', fieldName: 'doctors' });
    await client.refetchQueries({ include: [TeamDocument] });
  };

  return {
    invite: async (input: InviteStaffInput): Promise<readonly UserErrorLike[]> => {
      const { data } = await client.mutate({ mutation: InviteStaffDocument, variables: { input } });
      const refused = data?.inviteStaff?.userErrors ?? [];
      if (refused.length === 0) await readAgain();
      return refused;
    },
    change: async (input: UpdateMembershipInput): Promise<readonly UserErrorLike[]> => {
      const { data } = await client.mutate({ mutation: UpdateMembershipDocument, variables: { input } });
      const refused = data?.updateMembership?.userErrors ?? [];
      if (refused.length === 0) await readAgain();
      return refused;
    },
  };
}
