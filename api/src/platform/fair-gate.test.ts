import { describe, expect, it } from 'vitest';
import { FairGate } from './fair-gate.ts';

/** What a group that is alone has at once. */
const share = 8;
const atAll = 32;

const enterTimes = (gate: FairGate, group: string, times: number) =>
  Promise.all(Array.from({ length: times }, () => gate.enter(group)));

/** Notes who is let in, in order. */
function visitors(gate: FairGate) {
  const order: string[] = [];
  return {
    order,
    come: (group: string) =>
      void gate.enter(group).then(
        () => order.push(group),
        () => undefined,
      ),
  };
}

const aMoment = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('the gate', () => {
  it('lets one of each group in by turns, however many of one group wait', async () => {
    const gate = new FairGate();
    const floods = await enterTimes(gate, 'flood', share);
    const quiets = await enterTimes(gate, 'quiet', share / 2);
    const { order, come } = visitors(gate);
    for (let count = 0; count < 50; count += 1) come('flood');
    come('quiet');

    for (const leave of [...floods.slice(0, 6), ...quiets.slice(0, 1)]) leave();
    await aMoment();

    expect(order).toEqual(['flood', 'flood', 'quiet']);
  });

  it('lets another group in at once, and has less of the first one in while both are about', async () => {
    const gate = new FairGate();
    const floods = await enterTimes(gate, 'flood', share);
    const { order, come } = visitors(gate);
    for (let count = 0; count < 50; count += 1) come('flood');

    come('quiet');
    for (const leave of floods.slice(0, share / 2)) leave();
    await aMoment();

    expect(order).toEqual(['quiet']);
  });

  it('does not count whoever waits for the database against their group', async () => {
    const gate = new FairGate();
    await enterTimes(gate, 'reports', share);

    await expect(enterTimes(gate, 'reports', share)).resolves.toHaveLength(share);
  });

  it('refuses at once when too many of a group wait already', async () => {
    const gate = new FairGate();
    await enterTimes(gate, 'flood', share);
    for (let count = 0; count < 400; count += 1) visitors(gate).come('flood');

    await expect(gate.enter('flood')).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });

  it('refuses whoever has waited for eight seconds, and lets others in later', { timeout: 12_000 }, async () => {
    const gate = new FairGate();
    const leaves = await enterTimes(gate, 'one', atAll);

    await expect(gate.enter('two')).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    for (const leave of leaves) leave();

    await expect(gate.enter('two')).resolves.toBeTypeOf('function');
  });

  it('counts leaving twice once', async () => {
    const gate = new FairGate();
    const [leave] = await enterTimes(gate, 'one', share);
    leave?.();
    leave?.();
    const { order, come } = visitors(gate);
    come('one');
    come('one');
    await aMoment();

    expect(order).toEqual(['one']);
  });
});
