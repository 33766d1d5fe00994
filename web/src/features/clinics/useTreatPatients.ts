import { ref } from 'vue';
import { toAppError } from '../../app/errors.ts';
import { useSession } from '../../app/session.ts';
import { useNotice } from '../../composables/useNotice.ts';
import { TreatPatientsDocument } from '../../gql/graphql.ts';

/** Gives the owner a doctor's profile of their own: one who registered without, and treats after all. */
export function useTreatPatients(membershipId: () => string | null) {
  const session = useSession();
  const notice = useNotice();
  const isBusy = ref(false);

  async function treat(): Promise<boolean> {
    const id = membershipId();
    if (id === null || isBusy.value) return false;
    isBusy.value = true;
    try {
      const { data } = await session.client.mutate({
        mutation: TreatPatientsDocument,
        variables: { input: { membershipId: id, treatsPatients: true } },
      });
      const [refused] = data?.updateMembership?.userErrors ?? [];
      if (refused) notice.refused(refused.message);
      else await session.renewNow();
      return !refused;
    } catch (error) {
      notice.failed(toAppError(error));
      return false;
    } finally {
      isBusy.value = false;
    }
  }

  return { treat, isBusy };
}
