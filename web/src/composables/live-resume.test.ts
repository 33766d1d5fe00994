import { describe, expect, it, vi } from 'vitest';
import { fromNow, startLive, type LiveSink, type LiveUpdate } from './live-resume.ts';

interface Opened {
  after: () => string;
  sink: LiveSink<LiveUpdate>;
  close: ReturnType<typeof vi.fn<() => void>>;
}

function aLiveFeed({ mayRetry = true } = {}) {
  const opened: Opened[] = [];
  const received: string[] = [];
  const waits: number[] = [];
  const onResync = vi.fn<() => void>();
  const onBegun = vi.fn<() => void>();
  const live = startLive<LiveUpdate>({
    open: (resume, sink) => {
      const close = vi.fn<() => void>();
      opened.push({ after: () => resume().after, sink, close });
      return close;
    },
    onUpdate: (update) => received.push(update.cursor),
    onBegun,
    onResync,
    mayRetry: () => Promise.resolve(mayRetry),
    wait: (failures) => {
      waits.push(failures);
      return Promise.resolve();
    },
  });
  const latest = (): Opened => {
    const last = opened.at(-1);
    if (!last) throw new Error('Nothing was opened.');
    return last;
  };
  return { live, opened, received, waits, onBegun, onResync, latest };
}

const update = (cursor: string, resync = false): LiveUpdate => ({ cursor, resync });

describe('a live feed', () => {
  it('starts from now, and resumes after the last cursor on the same subscription', () => {
    const feed = aLiveFeed();
    expect(feed.latest().after()).toBe(fromNow);

    feed.latest().sink.next(update('11'));
    feed.latest().sink.next(update('12'));

    expect(feed.latest().after()).toBe('12');
    expect(feed.opened).toHaveLength(1);
  });

  it('fetches once more when the server says that it follows, and not again for that', () => {
    const feed = aLiveFeed();

    feed.latest().sink.next(update('10', true));
    feed.latest().sink.next(update('11'));
    feed.latest().sink.next(update('40', true));

    expect(feed.onBegun).toHaveBeenCalledTimes(1);
    expect(feed.received).toEqual(['11']);
    expect(feed.onResync).toHaveBeenCalledTimes(1);
  });

  it('opens again after an error, with the cursor it had', async () => {
    const feed = aLiveFeed();
    feed.latest().sink.next(update('11'));

    feed.latest().sink.error(new Error('socket closed'));
    await vi.waitFor(() => expect(feed.opened).toHaveLength(2));

    expect(feed.latest().after()).toBe('11');
  });

  it('waits longer with each failure in a row, and starts over once something arrives', async () => {
    const feed = aLiveFeed();
    feed.latest().sink.error(new Error('first'));
    await vi.waitFor(() => expect(feed.opened).toHaveLength(2));
    feed.latest().sink.error(new Error('second'));
    await vi.waitFor(() => expect(feed.opened).toHaveLength(3));

    feed.latest().sink.next(update('1'));
    feed.latest().sink.error(new Error('third'));
    await vi.waitFor(() => expect(feed.opened).toHaveLength(4));

    expect(feed.waits).toEqual([0, 1, 0]);
  });

  it('opens again when the server completes the subscription', async () => {
    const feed = aLiveFeed();

    feed.latest().sink.complete();

    await vi.waitFor(() => expect(feed.opened).toHaveLength(2));
  });

  it('drops an update that it has seen', () => {
    const feed = aLiveFeed();

    feed.latest().sink.next(update('11'));
    feed.latest().sink.next(update('11'));

    expect(feed.received).toEqual(['11']);
  });

  it('fetches anew on resync, keeps the cursor, and hands no update on', () => {
    const feed = aLiveFeed();

    feed.latest().sink.next(update('11'));
    feed.latest().sink.next(update('40', true));

    expect(feed.onResync).toHaveBeenCalledTimes(1);
    expect(feed.received).toEqual(['11']);
    expect(feed.latest().after()).toBe('40');
  });

  it('fetches anew after a reconnect that had no cursor to resume from', () => {
    const feed = aLiveFeed();
    feed.live.reconnected();
    expect(feed.onResync).toHaveBeenCalledTimes(1);

    feed.latest().sink.next(update('7'));
    feed.live.reconnected();

    expect(feed.onResync).toHaveBeenCalledTimes(1);
  });

  it('stays shut when the error is final', async () => {
    const feed = aLiveFeed({ mayRetry: false });

    feed.latest().sink.error(new Error('FORBIDDEN'));
    await Promise.resolve();

    expect(feed.opened).toHaveLength(1);
    expect(feed.waits).toEqual([]);
  });

  it('closes when it is stopped, and does not come back', async () => {
    const feed = aLiveFeed();
    const { close, sink } = feed.latest();

    feed.live.stop();
    sink.error(new Error('closed'));
    await Promise.resolve();

    expect(close).toHaveBeenCalledTimes(1);
    expect(feed.opened).toHaveLength(1);
  });
});
