import net from 'node:net';

/** The wire between the browsers and the server, which can be pulled out and put back. */
export interface Cable {
  url: string;
  /** Cuts what is connected; whoever tries meanwhile is cut at once. */
  pull(): void;
  plugIn(): void;
  stop(): Promise<void>;
}

export async function layCable(server: URL): Promise<Cable> {
  const ends = new Set<net.Socket>();
  let isPulled = false;
  const listener = net.createServer((near) => {
    if (isPulled) return void near.destroy();
    const far = net.connect(Number(server.port), server.hostname);
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(end);
      end.pipe(other);
      end.on('error', () => other.destroy());
      end.on('close', () => {
        ends.delete(end);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const cut = () => ends.forEach((end) => end.destroy());
  return {
    url: `http://127.0.0.1:${port}`,
    pull() {
      isPulled = true;
      cut();
    },
    plugIn() {
      isPulled = false;
    },
    stop: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        cut();
      }),
  };
}
