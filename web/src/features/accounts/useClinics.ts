import { useQuery } from '@vue/apollo-composable';
import { computed, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { toAppError } from '../../app/errors.ts';
import { useSession, useViewer } from '../../app/session.ts';
import { useNotice } from '../../composables/useNotice.ts';
import { ClinicsDocument, SwitchClinicDocument } from '../../gql/graphql.ts';

/** The clinics that somebody belongs to, and the way from one to another: the app starts clean there. */
export function useClinics() {
  const { t } = useI18n();
  const session = useSession();
  const viewer = useViewer();
  const notice = useNotice();
  const query = useQuery(ClinicsDocument);
  const isSwitching = ref(false);
  const clinics = computed(() =>
    (query.result.value?.viewer?.memberships ?? [])
      .filter(({ active }) => active)
      .map(({ clinicId, clinicName, role }) => ({
        clinicId,
        name: clinicName,
        role: t(`role.${role}`),
        isCurrent: clinicId === viewer.value.clinic.id,
      })),
  );

  async function switchTo(clinicId: string): Promise<void> {
    isSwitching.value = true;
    try {
      const { data } = await session.client.mutate({ mutation: SwitchClinicDocument, variables: { clinicId } });
      if (!session.startClean(data?.switchClinic)) notice.refused(t('shell.notSwitched'));
    } catch (error) {
      notice.failed(toAppError(error));
    }
    isSwitching.value = false;
  }

  return { clinics, isSwitching, switchTo };
}
