import { unauthenticated } from '../platform/errors.ts';
import { liveCursor, readLiveCursor } from '../platform/graphql/live-update.ts';
import type { StoredEvent } from '../platform/outbox/outbox.queries.ts';
import type { EventStream, StreamItem } from '../platform/realtime/event-stream.ts';
import type { Ctx } from './ctx.ts';
import type { Viewer } from './viewer.ts';

/** Where an update stands, and the event behind it; none when the receiver must refetch. */
export interface LiveItem {
  cursor: string;
  at: Date;
  resync: boolean;
  event: StoredEvent | null;
}

/** Which events concern a viewer: decided from the session alone, never from what the client sends. */
export type Topic = (event: StoredEvent, viewer: Viewer) => boolean;

/**
 * Opens a live source for the caller, from now on or from just after a cursor. Before each update the session is looked
 * at again, and what was read for the last one is thrown away: an ended session ends the source with UNAUTHENTICATED.
 */
export async function watch(
  ctx: Ctx,
  topic: Topic,
  after: string | null | undefined,
): Promise<AsyncIterableIterator<LiveItem>> {
  const stream = await ctx.live.follow(ctx.clinicId, ctx.clock, readLiveCursor(after));
  return new LiveSource(ctx, topic, stream);
}

class LiveSource implements AsyncIterableIterator<LiveItem> {
  readonly #ctx: Ctx;
  readonly #topic: Topic;
  readonly #stream: EventStream;

  constructor(ctx: Ctx, topic: Topic, stream: EventStream) {
    this.#ctx = ctx;
    this.#topic = topic;
    this.#stream = stream;
  }

  async next(): Promise<IteratorResult<LiveItem>> {
    for (;;) {
      const { done, value } = await this.#stream.next();
      if (done === true) return { done: true, value: undefined };
      if (value.kind === 'event' && !this.#topic(value.event, this.#ctx.signedIn)) continue;
      const viewer = await this.#stillSignedIn();
      if (value.kind === 'event' && !this.#topic(value.event, viewer)) continue;
      return { done: false, value: toLiveItem(value) };
    }
  }

  async return(): Promise<IteratorResult<LiveItem>> {
    await this.#stream.return();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #stillSignedIn(): Promise<Viewer> {
    const clinicId = this.#ctx.signedIn.clinicId;
    const viewer = await this.#ctx.refreshViewer();
    if (viewer !== null && viewer.clinicId === clinicId) return viewer;
    await this.return();
    throw unauthenticated();
  }
}

function toLiveItem(item: StreamItem): LiveItem {
  if (item.kind === 'resync') return { cursor: liveCursor(item.sequence), at: item.at, resync: true, event: null };
  return { cursor: liveCursor(item.event.sequence), at: item.event.at, resync: false, event: item.event };
}
