const minuteMs = 60_000;

/** Pauses before the next try, minutes; after the last one the delivery has failed. */
const pauses = [1, 5, 15, 60, 240, 720];

/** When to try a message again that has failed `attempts` times; null when that was the last try. */
export function nextTry(attempts: number, now: Date): Date | null {
  const pause = pauses[attempts - 1];
  return pause === undefined ? null : new Date(now.getTime() + pause * minuteMs);
}

/** How long a worker has to send a message it took before another one may take it, milliseconds. */
export const leaseMs = 2 * minuteMs;

/** Why a message did not go out, in the provider's words but without any address. */
export function reasonWithoutAddress(error: unknown, address: string): string {
  const words = error instanceof Error ? error.message : 'the mail server refused';
  return words
    .replaceAll(address, '…')
    .replace(/[^\s<>]+@[^\s<>]+/g, '…')
    .slice(0, 300);
}
