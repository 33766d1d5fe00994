import { useQuery } from '@vue/apollo-composable';
import { computed, type MaybeRefOrGetter } from 'vue';
import { toAppError } from '../../app/errors.ts';
import { useSession } from '../../app/session.ts';
import { useConnection } from '../../composables/useConnection.ts';
import { useNotice } from '../../composables/useNotice.ts';
import {
  MarkNotificationsReadDocument,
  NotificationsDocument,
  UnreadCountDocument,
  type NotificationRowFragment,
} from '../../gql/graphql.ts';

const pageSize = 20;

/** The caller's messages, newest first. */
export function useMessages(enabled: MaybeRefOrGetter<boolean> = true) {
  return useConnection({
    document: NotificationsDocument,
    variables: { first: pageSize, unreadOnly: false },
    select: (data) => data.notifications,
    enabled,
  });
}

/** How many are unread. Sign-in brings the first count; live updates keep it. */
export function useUnreadCount() {
  const session = useSession();
  const query = useQuery(UnreadCountDocument, {}, { fetchPolicy: 'cache-and-network' });
  return computed(
    () => query.result.value?.viewer?.unreadNotificationCount ?? session.viewer?.unreadNotificationCount ?? 0,
  );
}

/** Puts a message that arrived live on top of the list, and the count where the bell reads it. */
export function useMessageCache() {
  const { client } = useSession();

  function setUnread(count: number): void {
    client.cache.updateQuery({ query: UnreadCountDocument }, (data) => ({
      __typename: 'Query' as const,
      viewer: { __typename: 'Viewer' as const, ...data?.viewer, unreadNotificationCount: count },
    }));
  }

  function addMessage(node: NotificationRowFragment): void {
    client.cache.updateQuery(
      { query: NotificationsDocument, variables: { first: pageSize, unreadOnly: false } },
      (data) => {
        if (!data?.notifications || data.notifications.edges.some((edge) => edge.node.id === node.id)) return undefined;
        const edge = { __typename: 'NotificationEdge' as const, cursor: '', node };
        return { ...data, notifications: { ...data.notifications, edges: [edge, ...data.notifications.edges] } };
      },
    );
  }

  function markAsRead(ids: readonly string[], readAt: string): void {
    for (const id of ids) {
      client.cache.modify({
        id: client.cache.identify({ __typename: 'Notification', id }),
        fields: { readAt: (existing: string | null) => existing ?? readAt },
      });
    }
  }

  return { setUnread, addMessage, markAsRead };
}

/** Marks messages read: these, or all of them when none is named. */
export function useMarkMessagesRead() {
  const { client } = useSession();
  const { setUnread, markAsRead } = useMessageCache();
  const notice = useNotice();

  return async (messages: readonly NotificationRowFragment[], all: boolean): Promise<void> => {
    const ids = messages.filter(({ readAt }) => readAt === null).map(({ id }) => id);
    if (ids.length === 0 && !all) return;
    try {
      const { data } = await client.mutate({
        mutation: MarkNotificationsReadDocument,
        variables: { ids: all ? null : ids },
      });
      if (!data?.markNotificationsRead) return;
      markAsRead(ids, new Date().toISOString());
      setUnread(data.markNotificationsRead.unreadCount);
    } catch (error) {
      notice.failed(toAppError(error));
    }
  };
}
