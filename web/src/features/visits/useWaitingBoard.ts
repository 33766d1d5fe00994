import { useI18n } from 'vue-i18n';
import { useSession } from '../../app/session.ts';
import { useNotice } from '../../composables/useNotice.ts';
import { OpenWaitingBoardDocument } from '../../gql/graphql.ts';

/** Opens the waiting room's screen in a window of its own. */
export function useWaitingBoard() {
  const { client } = useSession();
  const { t } = useI18n();
  const notice = useNotice();

  return async (): Promise<void> => {
    // Opened with the press itself: what comes later a browser takes for an advertisement.
    const page = window.open('', '_blank');
    try {
      const { data } = await client.mutate({ mutation: OpenWaitingBoardDocument });
      const { pathname, hash } = new URL(data?.openWaitingBoard ?? '');
      const address = `${pathname}${hash}`;
      if (page === null) window.location.assign(address);
      else page.location.replace(new URL(address, window.location.origin).href);
    } catch {
      page?.close();
      notice.refused(t('queue.boardFailed'));
    }
  };
}
