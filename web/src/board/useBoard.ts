import { operation } from 'virtual:operation/WaitingBoardNow';
import { onMounted, onUnmounted, ref, shallowRef } from 'vue';
import type { WaitingBoardNowQuery, WaitingBoardNowQueryVariables } from '../gql/graphql.ts';
import { ask } from '../public/ask.ts';
import { callsAfter, hasNews, type Board, type Call } from './calls.ts';

const everyMs = 3_000;
/** An answer that takes so long is none: the screen must not stand still and look as if all were well. */
const patienceMs = 10_000;

async function askBoard(token: string): Promise<Board | null> {
  const variables: WaitingBoardNowQueryVariables = { token };
  const late = new Promise<never>((_resolve, reject) => setTimeout(() => reject(new Error('Too late.')), patienceMs));
  return (await Promise.race([ask<WaitingBoardNowQuery>(operation, variables), late])).waitingBoard;
}

/** Looks at the board every few seconds, for as long as its day lasts, and says honestly since when it cannot. */
export function useBoard(onCall: () => void) {
  const board = shallowRef<Board | null>(null);
  const calls = shallowRef<readonly Call[] | null>(null);
  const isOver = ref(false);
  /** When the connection was lost, milliseconds; null while it is there. */
  const lostAt = ref<number | null>(null);
  const now = ref(Date.now());
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isGone = false;

  function show(found: Board | null): void {
    lostAt.value = null;
    if (found === null) {
      isOver.value = true;
      return;
    }
    const next = callsAfter(calls.value, found.entries, now.value);
    if (hasNews(calls.value, next)) onCall();
    board.value = found;
    calls.value = next;
  }

  async function look(): Promise<void> {
    // What stands behind the # never leaves for a server but in this question.
    const token = location.hash.slice(1);
    try {
      const found = await askBoard(token);
      now.value = Date.now();
      show(found);
    } catch {
      now.value = Date.now();
      lostAt.value ??= now.value;
    }
    if (!isOver.value && !isGone) timer = setTimeout(() => void look(), everyMs);
  }

  onMounted(() => void look());
  onUnmounted(() => {
    isGone = true;
    clearTimeout(timer);
  });
  return { board, calls, isOver, lostAt, now };
}
