import { useI18n } from 'vue-i18n';
import { toAppError } from '../../app/errors.ts';
import { useNotice } from '../../composables/useNotice.ts';
import type { ServiceRowFragment } from '../../gql/graphql.ts';
import { useUpdateService } from './useUpdateService.ts';

/** Takes a service off the list, with a way back for as long as the words are there; or puts it on again. */
export function useArchiveService() {
  const { t } = useI18n();
  const notice = useNotice();
  const updateService = useUpdateService();

  async function set({ id }: ServiceRowFragment, archived: boolean, done: () => void): Promise<void> {
    try {
      const [refused] = await updateService({ serviceId: id, archived });
      if (refused) notice.refused(refused.message);
      else done();
    } catch (error) {
      notice.failed(toAppError(error));
    }
  }

  const restore = (service: ServiceRowFragment): Promise<void> =>
    set(service, false, () => notice.done(t('service.restored', { name: service.name })));

  return {
    restore,
    archive: (service: ServiceRowFragment): Promise<void> =>
      set(service, true, () =>
        notice.undoable(t('service.archived', { name: service.name }), () => void restore(service)),
      ),
  };
}
